import { AppError } from "../../errors.ts";
import { decodeText } from "../decode-text.ts";
import { type Imprint, readImprint, takeImprint } from "../imprint.ts";
import { makeTitle, takeAuthors } from "../plain-text.ts";
import { repairPunctuation } from "../punctuation.ts";
import type { FoundArticle } from "../readers.ts";
import { readBlocks } from "./blocks.ts";
import { readMetadata } from "./metadata.ts";
import { type HtmlDocument, parseHtml, withoutSurprise } from "./parse.ts";
import { findReadable } from "./readable.ts";

/** Parts of a page that are no part of an article, where the article does not stand out. */
const FURNITURE =
  "nav, footer, aside, form, header nav, [role=navigation], [role=banner], [role=contentinfo], [role=complementary], [class*=breadcrumb], [class*=cookie], [class*=comment], [id*=comment], [class*=related], [class*=share], [class*=sidebar], [class*=footer], [id*=footer], [class*=copyright]";
/** A line of its own at either end of an article that is none of it. */
const ADDITION =
  /^[（(【[]?\s*(?:(?:责任?编辑|責任編輯|编辑|校对|审核|来源|來源|稿源|原标题|原標題|分享|分享到|分享至|标签|標籤|关键词|tags?|上一篇|下一篇|相关(?:阅读|新闻|链接|推荐|文章)|延伸阅读|推荐阅读|阅读原文|source|share(?: this)?)(?:\s?[:：].{0,60}|\s*$)|(?:扫一扫|扫码|长按|点击).{0,30}$|打印|关闭|(?:返回|回到)(?:顶部|列表|首页)?$|收藏$|点赞|纠错|share this\b.{0,30}|(?:版权所有|copyright|©).{0,80}|(?:微信|微博|QQ空间|朋友圈|QQ)(?:[ 、|]+(?:微信|微博|QQ空间|朋友圈|QQ|更多))*$)/iu;
const MAX_HEAD = 6;
const MAX_TAIL = 10;
/** Where the article that stands out holds less of a page's text than this, and little of it, something was missed. */
const MIN_SHARE = 0.4;
const SHORT_CHARS = 200;

/** The article of a saved web page. Throws AppError where it holds no text, or is nested too deeply to be read. */
export async function readHtml(bytes: Uint8Array): Promise<FoundArticle> {
  const { text: html, warning } = decodeText(bytes, declaredEncoding(bytes));
  return withoutSurprise(async () => {
    const document = await parseHtml(html);
    const metadata = readMetadata(document);
    const shown = readBlocks(document.documentElement);
    const imprint = findImprint(shown, metadata.title);
    const whole = readWhole(document);
    const readable = await findReadable(await parseHtml(html));
    const found = readable ? readBlocks(readable) : [];
    const isMissed = lengthOf(found) < SHORT_CHARS && lengthOf(found) < MIN_SHARE * lengthOf(whole);
    const { text, repairs } = repairPunctuation((isMissed ? whole : found).join("\n\n"));
    const blocks = text.split("\n\n").filter((block) => block !== "");
    const head = takeImprint(trimAdditions(blocks, metadata.title), (block) => block);
    const { authors, paragraphs } = takeAuthors(head.lines);
    if (paragraphs.length === 0) throw new AppError("holds no text");
    const named = metadata.authors.length > 0 ? metadata.authors : [...imprint.authors, ...head.authors];
    const publishedAt = metadata.publishedAt ?? imprint.publishedAt ?? head.publishedAt;
    return {
      title: metadata.title ?? makeTitle(paragraphs[0]!),
      authors: [...new Set([...named, ...authors])],
      paragraphs,
      repairs: repairs.length,
      ...(publishedAt === undefined ? {} : { publishedAt }),
      ...(warning === undefined ? {} : { warnings: [warning] }),
    };
  });
}

/** What a page says its encoding is, in its first bytes. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 4096)).toString("latin1");
  return /<meta[^>]{1,200}?charset\s*=\s*["']?([\w-]{1,30})/i.exec(start)?.[1];
}

/** What the page shows under its headline, which the article that stands out may lack. */
function findImprint(shown: readonly string[], title: string | undefined): Imprint {
  const at = title === undefined ? -1 : shown.lastIndexOf(title);
  const near = [
    ...shown.slice(at + 1, at + 1 + MAX_HEAD),
    ...(at > 0 ? shown.slice(Math.max(0, at - 3), at) : []),
  ];
  const read = near.flatMap((block) => block.split("\n")).flatMap((line) => readImprint(line) ?? []);
  const publishedAt = read.find((imprint) => imprint.publishedAt !== undefined)?.publishedAt;
  return {
    authors: [...new Set(read.flatMap(({ authors }) => authors))],
    ...(publishedAt === undefined ? {} : { publishedAt }),
  };
}

function readWhole({ documentElement }: HtmlDocument): string[] {
  for (const element of [...documentElement.querySelectorAll(FURNITURE)]) element.remove();
  return readBlocks(documentElement);
}

function lengthOf(blocks: readonly string[]): number {
  return blocks.reduce((sum, block) => sum + block.length, 0);
}

/** The blocks without the headline, lines about the publication and what invites to share, at both ends. */
function trimAdditions(blocks: readonly string[], title: string | undefined): string[] {
  const isAddition = (block: string) =>
    block.replace(/\s+/g, "") === title?.replace(/\s+/g, "") || ADDITION.test(block) || isPublication(block);
  const headless = blocks.filter((block, index) => index >= MAX_HEAD || !isAddition(block));
  const end = headless.findIndex(
    (block, index) =>
      index >= headless.length - MAX_TAIL && index > 0 && ADDITION.test(block) && !/编[辑輯]/u.test(block),
  );
  return end > 0
    ? headless.slice(0, end)
    : headless.filter((block, index) => index < headless.length - MAX_TAIL || !isAddition(block));
}

function isPublication(block: string): boolean {
  return block.split("\n").every((line) => readImprint(line) !== undefined) && !/^\d{4}/.test(block);
}
