import { endsSentence, LIST_ITEM } from "../lines.ts";

/** What is read of a part of mammoth's document. */
interface Part {
  readonly type: string;
  readonly children?: readonly Part[];
  readonly value?: string;
  readonly styleName?: string | null;
  readonly alignment?: string | null;
  readonly numbering?: unknown;
  readonly isBold?: boolean;
  readonly fontSize?: number | null;
}

const STYLES = [
  "p[style-name='Title'] => h1.title:fresh",
  "p[style-name='Subtitle'] => p:fresh",
  "p[style-name='footnote text'] => p:fresh",
];
/** A title stands near the beginning. */
const MAX_ABOVE_TITLE = 4;
const MAX_TITLE_CHARS = 60;

/**
 * A Word document as HTML, insertions accepted, deletions and pictures left out; its title is an `h1` of the class
 * "title" if it can be told by its style or looks. The library is loaded with the first document.
 */
export async function convertDocx(bytes: Buffer): Promise<string> {
  const { default: mammoth } = await import("mammoth");
  const { value } = await mammoth.convertToHtml(
    { buffer: bytes },
    {
      styleMap: STYLES,
      convertImage: mammoth.images.imgElement(async () => ({ src: "" })),
      transformDocument: (document: Part) => ({
        ...document,
        children: markTitle(document.children ?? []).map(freeHeading),
      }),
    },
  );
  return value;
}

/** The parts, with the style of a title on what looks like one where no paragraph has it. */
function markTitle(parts: readonly Part[]): readonly Part[] {
  if (parts.some((part) => isStyled(part, /^title$/i) && textOf(part).trim() !== "")) return parts;
  const above = parts.filter((part) => textOf(part).trim() !== "").slice(0, MAX_ABOVE_TITLE);
  if (above.some((part) => isStyled(part, /^heading 1$/i))) return parts;
  const usual = usualSize(parts);
  const largest = Math.max(...above.map((part) => sizeOf(part, usual)));
  const first =
    above.find((part) => looksTitled(part) && largest > usual && sizeOf(part, usual) === largest) ??
    above.find((part) => looksTitled(part) && (part.alignment === "center" || isBold(part)));
  if (!first) return parts;
  const start = parts.indexOf(first);
  let end = start + 1;
  const belongs = (part: Part) =>
    /^[—–]/u.test(textOf(part).trim()) || (largest > usual && sizeOf(part, usual) === sizeOf(first, usual));
  // A long title is broken by hand into lines that look the same; a subtitle has a dash.
  while (end < parts.length && looksTitled(parts[end]!) && belongs(parts[end]!)) end++;
  // A collection's further titles look as the first, and have an article between.
  const isLike = (part: Part, index: number) =>
    index > end &&
    largest > usual &&
    looksTitled(part) &&
    part.alignment === first.alignment &&
    isBold(part) === isBold(first) &&
    sizeOf(part, usual) === largest &&
    !LIST_ITEM.test(textOf(part).trim());
  return parts.map((part, index) =>
    (index >= start && index < end) || isLike(part, index)
      ? { ...part, styleId: "Title", styleName: "Title" }
      : part,
  );
}

/** A numbered headline that has its number in its text is a paragraph, and no item of a list. */
function freeHeading(part: Part): Part {
  const text = textOf(part).trim();
  return part.numbering && LIST_ITEM.test(text) && !endsSentence(text) ? { ...part, numbering: null } : part;
}

function isStyled({ type, styleName }: Part, name: RegExp): boolean {
  return type === "paragraph" && name.test(styleName ?? "");
}

function looksTitled(part: Part): boolean {
  const text = textOf(part).trim();
  return (
    part.type === "paragraph" &&
    !part.numbering &&
    text !== "" &&
    text.length <= MAX_TITLE_CHARS &&
    !/[。；，：:,;]$/u.test(text)
  );
}

function textOf(part: Part): string {
  return part.value ?? (part.children ?? []).map(textOf).join("");
}

function runsOf(part: Part): readonly Part[] {
  if (part.type === "run") return textOf(part).trim() === "" ? [] : [part];
  return (part.children ?? []).flatMap(runsOf);
}

function isBold(part: Part): boolean {
  return runsOf(part).every((run) => run.isBold);
}

function sizeOf(part: Part, usual: number): number {
  return Math.max(0, ...runsOf(part).map((run) => run.fontSize ?? usual));
}

/** The size of most characters; 0 where runs say nothing. */
function usualSize(parts: readonly Part[]): number {
  const counts = new Map<number, number>();
  for (const run of parts.flatMap(runsOf)) {
    const size = run.fontSize ?? 0;
    counts.set(size, (counts.get(size) ?? 0) + textOf(run).length);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}
