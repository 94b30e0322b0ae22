import { AppError } from "../../errors.ts";
import { readAuthorLine } from "../bylines.ts";
import { findDate } from "../dates.ts";
import { decodeText } from "../decode-text.ts";
import { type Imprint, readImprint, takeImprint } from "../imprint.ts";
import { makeTitle, takeAuthors } from "../plain-text.ts";
import { repairPunctuation } from "../punctuation.ts";
import type { FoundArticles } from "../readers.ts";
import { readBlocks } from "./blocks.ts";
import { describeCaptions, parsePage } from "./captions.ts";
import { type PageMetadata, readMetadata } from "./metadata.ts";
import { type HtmlDocument, withoutSurprise } from "./parse.ts";
import { findReadable } from "./readable.ts";

/** Parts of a page that are no part of an article, where the article does not stand out. */
const FURNITURE =
  "nav, footer, aside, form, header nav, [role=navigation], [role=banner], [role=contentinfo], [role=complementary], [class*=breadcrumb], [class*=cookie], [class*=comment], [id*=comment], [class*=related], [class*=share], [class*=sidebar], [class*=footer], [id*=footer], [class*=copyright]";
/** A line of its own at either end of an article that is none of it. */
const ADDITION =
  /^[（(【[]?\s*(?:(?:责任编辑|责编|責任編輯|编辑|編輯|校对|审核|来源|來源|稿源|原标题|原標題|标签|標籤|关键词|摄影|攝影|图片|制图|设计|策划|监制|统筹|视频|剪辑|排版|文字|文案|tags?|source)\s?[:：|｜].{0,60}|\d{1,2}月\d{1,2}日(?: \d{1,2}:\d{2})?|打印|关闭|收藏|点赞.{0,8}|纠错|save|print|email|copy link|posted in .{0,80}|(?:微信|微博|QQ空间|朋友圈|QQ)(?:[ 、|]+(?:微信|微博|QQ空间|朋友圈|QQ|更多))*|(?:分享|share\b).{0,30}|点击.{0,8}关注.{0,8}|.{0,8}点[个個亮](?:[“「"']?(?:在看|赞|讚|星标)).{0,10})\s*[)）】\]]?$/iu;
const ADVERTISEMENT = /^(?:advertisement|广告|廣告)$/i;
/** A line after which nothing of the article follows. */
const ENDING =
  /^[【[]?(?:上一篇|下一篇|相关(?:阅读|新闻|链接|推荐|文章|报道)|相關(?:新聞|文章)|延伸阅读|推荐阅读|热门(?:推荐|排行|新闻)|猜你喜欢|[—–\-=·* ]{0,6}(?:the end|end|全文完|完)[—–\-=·* ]{0,6}$|网友评论|发表评论|阅读原文|扫一扫|扫码|(?:返回|回到)(?:顶部|列表|首页)|版权(?:所有|声明)|©|copyright\b|related\b|more on this|read more|comments?$|\d+ (?:comments|thoughts))/iu;
/** Whatever it begins with, a sentence is the article's, but for the one about rights. */
const SENTENCE = /^(?!©|copyright\b|版权).*[。！？.!?][”’」』"']?$/isu;
/** A line about the publication is no longer. */
const MAX_IMPRINT_CHARS = 80;
const MAX_HEAD = 6;
const MAX_TAIL = 10;
/** Where the article that stands out holds less of a page's text than this, and little of it, something was missed. */
const MIN_SHARE = 0.4;
const SHORT_CHARS = 200;

/** The article of a saved web page. Throws AppError where it holds no text, or is nested too deeply to be read. */
export async function readHtml(
  bytes: Uint8Array,
  _name: string,
  onProgress?: () => void,
): Promise<FoundArticles> {
  const { text: html, warning } = decodeText(bytes, declaredEncoding(bytes));
  return withoutSurprise(async () => {
    const { document, captions } = await parsePage(html);
    const metadata = readMetadata(document);
    const shown = readBlocks(document.documentElement);
    const imprint = findImprint(shown, metadata.title);
    onProgress?.();
    const readable = await findReadable((await parsePage(html)).document);
    onProgress?.();
    const { text, repairs } = repairPunctuation(
      choose(readable ? readBlocks(readable) : [], document).join("\n\n"),
    );
    const blocks = text.split("\n\n").filter((block) => block !== "" && !ADVERTISEMENT.test(block));
    const head = takeImprint(trimAdditions(blocks, metadata), (block) => block);
    const { authors, paragraphs } = takeAuthors(head.lines);
    if (paragraphs.length === 0) throw new AppError("holds no text");
    const named = metadata.authors.length > 0 ? metadata.authors : [...imprint.authors, ...head.authors];
    const publishedAt = metadata.publishedAt ?? imprint.publishedAt ?? head.publishedAt;
    const article = {
      title: metadata.title ?? makeTitle(paragraphs[0]!),
      authors: [...new Set([...named, ...authors])],
      paragraphs,
      repairs: repairs.length,
      ...(publishedAt === undefined ? {} : { publishedAt }),
      ...(warning === undefined ? {} : { warnings: [warning] }),
    };
    return { articles: [article], problems: describeCaptions(captions) };
  });
}

/** What a page says its encoding is, in its first bytes. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 4096)).toString("latin1");
  return /<meta[^>]{1,200}?charset\s*=\s*["']?([\w-]{1,30})/i.exec(start)?.[1];
}

/** What the page shows around its headline, which the article that stands out may lack. */
function findImprint(shown: readonly string[], title: string | undefined): Imprint {
  const at = title === undefined ? -1 : shown.findLastIndex((block) => isSame(block, title));
  const near = [
    ...shown.slice(at + 1, at + 1 + MAX_HEAD),
    ...shown.slice(Math.max(0, at - 3), Math.max(0, at)),
  ];
  const lines = near.flatMap((block) => block.split("\n")).filter((line) => line.length <= MAX_IMPRINT_CHARS);
  const publishedAt = lines
    .filter((line) => !/[。，！？；至]/u.test(line))
    .map(findDate)
    .find(Boolean);
  return {
    authors: [...new Set(lines.flatMap((line) => readImprint(line)?.authors ?? readAuthorLine(line) ?? []))],
    ...(publishedAt === undefined ? {} : { publishedAt }),
  };
}

/** The article that stands out, or the whole page where that is hardly anything of it. */
function choose(found: readonly string[], { documentElement }: HtmlDocument): readonly string[] {
  if (lengthOf(found) >= SHORT_CHARS) return found;
  for (const element of [...documentElement.querySelectorAll(FURNITURE)]) element.remove();
  const whole = readBlocks(documentElement);
  return lengthOf(found) < MIN_SHARE * lengthOf(whole) ? whole : found;
}

function lengthOf(blocks: readonly string[]): number {
  return blocks.reduce((sum, block) => sum + block.length, 0);
}

/** The blocks without what stands around an article: its headline and imprint above, what invites to share below. */
function trimAdditions(blocks: readonly string[], { title = "", authors }: PageMetadata): string[] {
  const isAddition = (block: string) =>
    isSame(block, title) ||
    isSame(block, authors.join(" and ")) ||
    (ADDITION.test(block) && !SENTENCE.test(block)) ||
    isPublication(block);
  const body = blocks.findIndex((block) => SENTENCE.test(block) || block.length > MAX_IMPRINT_CHARS);
  const head = blocks.slice(0, body < 0 ? MAX_HEAD : Math.min(body, MAX_HEAD)).findLastIndex(isAddition) + 1;
  const foot = Math.max(head + 1, blocks.length - MAX_TAIL);
  const rest = blocks.slice(head, foot);
  for (const block of blocks.slice(foot)) {
    if (ENDING.test(block) && !SENTENCE.test(block)) break;
    if (!isAddition(block)) rest.push(block);
  }
  return rest;
}

function isSame(a: string, b: string): boolean {
  return a.replace(/\s+/g, "") === b.replace(/\s+/g, "");
}

/** Whether every line is about the publication; a date that signs a notice is the notice's own. */
function isPublication(block: string): boolean {
  return block.split("\n").every((line) => {
    const imprint = readImprint(line);
    return imprint !== undefined && (imprint.publishedAt === undefined || /[:：]/u.test(line));
  });
}
