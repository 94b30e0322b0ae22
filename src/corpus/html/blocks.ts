import { endsSentence, LIST_ITEM } from "../lines.ts";
import { type HtmlElement, type HtmlNode, isElement } from "./parse.ts";
import { readRows } from "./tables.ts";

const SKIPPED = new Set(
  "head script style noscript template iframe object embed svg math canvas video audio img button input select textarea option dialog rp rt".split(
    " ",
  ),
);
const BLOCKS = new Set(
  "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul caption".split(
    " ",
  ),
);
const HIDDEN = /(?:display\s*:\s*none|font-size\s*:\s*0(?:px)?\s*(?:;|$))/i;
/** A list whose items are longer has one paragraph an item. */
const MAX_ITEM_CHARS = 120;
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff\u00ad]/g;
const WIDE = "[\\p{Script=Han}\\u3000-\\u303f\\uff00-\\uffef“”‘’…—]";
/** A line break of the page's code, which is no space between Han characters. */
const BREAK_BETWEEN_WIDE = new RegExp(`(?<=${WIDE})[ \\t]{0,40}[\\r\\n][ \\t\\r\\n]*(?=${WIDE})`, "gu");

/**
 * The text of an element as paragraphs, as a page shows them: a block, a list, a table each is one, and so are lines
 * that are set in, or that follow a whole sentence, behind a mere line break.
 */
export function readBlocks(root: HtmlNode): string[] {
  const blocks: string[] = [];
  let open: string[] = [];
  const close = () => {
    blocks.push(...splitLines(open.join("")));
    open = [];
  };
  const walk = (node: HtmlNode): void => {
    if (!isElement(node)) {
      if (node.nodeType === 3) open.push(foldSpace(node.textContent));
      return;
    }
    const { localName } = node;
    if (SKIPPED.has(localName) || isHidden(node)) return;
    if (localName === "br") {
      open.push("\n");
      return;
    }
    const isBlock = BLOCKS.has(localName);
    if (isBlock) close();
    const rows = localName === "table" ? readRows(node, readLine) : undefined;
    if (rows) blocks.push(...(rows.length > 0 ? [rows.join("\n")] : []));
    else if (localName === "pre") blocks.push(...keepLines(node.textContent));
    else if (localName === "ol" || localName === "ul") blocks.push(...readList(node));
    else for (const child of node.childNodes) walk(child);
    if (isBlock) close();
  };
  walk(root);
  close();
  return blocks;
}

/** All text of an element in one line. */
export function readLine(element: HtmlNode): string {
  return readBlocks(element).join(" ").replace(/\s+/g, " ");
}

function isHidden(element: HtmlElement): boolean {
  return (
    element.getAttribute("hidden") !== null ||
    element.getAttribute("aria-hidden") === "true" ||
    HIDDEN.test(element.getAttribute("style") ?? "")
  );
}

function foldSpace(text: string): string {
  return text
    .replace(INVISIBLE, "")
    .replace(BREAK_BETWEEN_WIDE, "")
    .replace(/[ \t\r\n\f]+/g, " ");
}

/** A line that is set in, and one behind a blank line or a whole sentence, begins a paragraph. */
function splitLines(text: string): string[] {
  const paragraphs: string[][] = [];
  let begins = true;
  for (const raw of text.split("\n")) {
    const line = tidy(raw);
    const open = paragraphs.at(-1);
    const isSetIn = /^ ?(?:\u3000|[\u2002\u2003]|\u00a0{2})/u.test(raw);
    if (line === "") begins = true;
    else if (begins || isSetIn || open === undefined || endsSentence(open.at(-1)!)) {
      paragraphs.push([line]);
      begins = false;
    } else open.push(line);
  }
  return paragraphs.map((lines) => lines.join("\n"));
}

function tidy(text: string): string {
  return text.replace(/[ \u00a0\u2002\u2003]+/g, " ").trim();
}

function keepLines(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((block) => block.replace(/^\s*\n|\s+$/g, "").replace(/[ \t]+$/gm, ""))
    .filter((block) => block !== "");
}

function readList(list: HtmlElement): string[] {
  const items = itemsOf(list, "");
  const isShort = items.every((item) => item.length <= MAX_ITEM_CHARS);
  return isShort && items.length > 0 ? [items.join("\n")] : items;
}

/** A line an item, with its number or bullet where its text has none of its own; inner lists are set in. */
function itemsOf(list: HtmlElement, indent: string): string[] {
  const lines: string[] = [];
  const start = Number(list.getAttribute("start") ?? "1");
  let number = Number.isInteger(start) ? start : 1;
  for (const item of list.childNodes) {
    if (!isElement(item)) continue;
    if (item.localName === "ol" || item.localName === "ul") {
      lines.push(...itemsOf(item, `${indent}  `));
      continue;
    }
    const inner = [...item.childNodes].filter(isElement).filter(({ localName }) => /^[ou]l$/.test(localName));
    for (const list of inner) list.remove();
    const text = readLine(item);
    const marker = LIST_ITEM.test(text) ? "" : list.localName === "ol" ? `${number}. ` : "• ";
    if (text !== "") {
      lines.push(`${indent}${marker}${text}`);
      number++;
    }
    for (const list of inner) lines.push(...itemsOf(list, `${indent}  `));
  }
  return lines;
}
