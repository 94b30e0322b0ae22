import { AppError } from "../../errors.ts";
import { readBlocks } from "../html/blocks.ts";
import { type HtmlElement, isElement, parseHtml, withoutSurprise } from "../html/parse.ts";
import { takeImprint } from "../imprint.ts";
import { endsSentence } from "../lines.ts";
import { takeAuthors } from "../plain-text.ts";
import { repairPunctuation } from "../punctuation.ts";
import type { FoundArticle, FoundArticles } from "../readers.ts";
import { convertDocx } from "./convert.ts";
import { checkArchive } from "./zip.ts";

/** A paragraph, list or table, and what it is a headline of. */
interface Block {
  readonly kind: "title" | "heading" | "text";
  readonly text: string;
}

/** What follows an article under a title of its own. */
const APPENDIX = /^(?:附[件录表注：:]|参考文献|注释|后记)/u;

/**
 * The articles of a Word document: one, or those that begin with headings of the first level if at least two of them
 * name their authors or say when they were published, or those under titles that look the same if one behind the first
 * names its authors. Footnotes follow as paragraphs. Throws AppError for anything else.
 */
export async function readDocx(
  bytes: Uint8Array,
  name: string,
  onProgress?: () => void,
): Promise<FoundArticles> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  checkArchive(file);
  const blocks = await withoutSurprise(async () => {
    const html = await convertDocx(file);
    onProgress?.();
    const { documentElement } = await parseHtml(html);
    return readDocument(documentElement.querySelector("body")!);
  });
  const collection = splitCollection(blocks) ?? splitTitled(blocks);
  const articles = collection ?? [readArticle(blocks, name)];
  const found = articles.filter(({ paragraphs }) => paragraphs.length > 0);
  if (found.length === 0) throw new AppError("holds no text");
  return { articles: found, problems: [] };
}

function readDocument(body: HtmlElement): Block[] {
  for (const reference of [...body.querySelectorAll("sup a[href^='#footnote-'], sup a[href^='#endnote-']")]) {
    reference.remove();
  }
  for (const back of [...body.querySelectorAll("a[href^='#footnote-ref'], a[href^='#endnote-ref']")])
    back.remove();
  return [...body.childNodes].filter(isElement).flatMap((element): Block[] => {
    const kind =
      element.getAttribute("class") === "title" ? "title" : element.localName === "h1" ? "heading" : "text";
    return notesOf(element) ?? readBlocks(element).map((text) => ({ kind, text }));
  });
}

/** The footnotes, numbered as their references were. */
function notesOf(list: HtmlElement): Block[] | undefined {
  const items = [...list.childNodes].filter(isElement);
  if (!items[0] || !/^(?:footnote|endnote)-/.test(items[0].getAttribute("id") ?? "")) return undefined;
  return items.map((item, index) => ({ kind: "text", text: `[${index + 1}] ${readBlocks(item).join(" ")}` }));
}

/** undefined where the headings are chapters of one text. */
function splitCollection(blocks: readonly Block[]): FoundArticle[] | undefined {
  const starts = blocks.flatMap(({ kind }, index) => (kind === "heading" ? [index] : []));
  const articles = starts.map((start, index) => readArticle(blocks.slice(start, starts[index + 1]), ""));
  const signed = articles.filter(
    ({ authors, publishedAt }) => authors.length > 0 || publishedAt !== undefined,
  );
  return signed.length >= 2 && signed.length * 2 >= articles.length ? articles : undefined;
}

/** undefined where there is one title, or where something stands above it, or a part has no body. */
function splitTitled(blocks: readonly Block[]): FoundArticle[] | undefined {
  const starts = blocks.flatMap(({ kind }, index) =>
    kind === "title" && blocks[index - 1]?.kind !== "title" ? [index] : [],
  );
  if (starts.length < 2 || starts[0]! > 0) return undefined;
  const articles = starts.map((start, index) => readArticle(blocks.slice(start, starts[index + 1]), ""));
  const areWhole = articles.every(
    ({ title, paragraphs }) => !APPENDIX.test(title) && paragraphs.some((text) => endsSentence(text)),
  );
  // A report's chapters may look like its title; its author stands under that.
  return areWhole && articles.slice(1).some(({ authors }) => authors.length > 0) ? articles : undefined;
}

/** The first title or single heading is the title, else a first line that is no sentence, else the file's name. */
function readArticle(blocks: readonly Block[], name: string): FoundArticle {
  const headings = blocks.filter(({ kind }) => kind === "heading");
  const hasTitle = blocks.some(({ kind }) => kind === "title");
  const titled = blocks.findIndex(({ kind }) => kind === (hasTitle ? "title" : "heading"));
  const isChapter = blocks[titled]?.kind === "heading" && headings.length > 1;
  const first = titled >= 0 && !isChapter ? titled : firstLine(blocks);
  const after = first < 0 ? 0 : blocks.findIndex(({ kind }, index) => index > first && kind !== "title");
  const end = after < 0 ? blocks.length : after;
  const title = blocks.slice(Math.max(0, first), end).map(({ text }) => text.replace(/\s*\n\s*/g, " "));
  const body = [...blocks.slice(0, Math.max(0, first)), ...blocks.slice(end)].map(({ text }) => text);
  const { text, repairs } = repairPunctuation(body.join("\n\n"));
  const imprint = takeImprint(text === "" ? [] : text.split("\n\n"), (block) => block);
  const { authors, paragraphs } = takeAuthors(imprint.lines);
  return {
    title: first < 0 ? name.replace(/\.[^.]*$/, "") : joinTitle(title),
    authors: [...new Set([...imprint.authors, ...authors])],
    paragraphs,
    repairs: repairs.length,
    ...(imprint.publishedAt === undefined ? {} : { publishedAt: imprint.publishedAt }),
  };
}

function firstLine(blocks: readonly Block[]): number {
  const [first] = blocks;
  const isTitle =
    first?.kind === "text" && blocks.length > 1 && first.text.length <= 60 && !endsSentence(first.text);
  return isTitle && !/[.:：]$/u.test(first.text) ? 0 : -1;
}

/** A subtitle stays apart, a title that is broken into lines becomes whole. */
function joinTitle(lines: readonly string[]): string {
  return lines.reduce((title, line) => {
    const isBroken = /\p{Script=Han}$/u.test(title) && /^[\p{Script=Han}“《]/u.test(line);
    return `${title}${isBroken ? "" : " "}${line}`;
  });
}
