import { DISGUISES } from "../../src/corpus/mismapped-marks.ts";

/** A clean article, as it should come back from the page. */
export interface CleanArticle {
  readonly title: string;
  readonly authors: readonly string[];
  readonly paragraphs: readonly string[];
}

export interface ComposedPage {
  readonly text: string;
  /** In the order of the bodies. */
  readonly articles: readonly CleanArticle[];
}

export type Random = () => number;

/** A small seeded generator (mulberry32), 0 to 1. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function pick<T>(random: Random, choices: readonly T[]): T {
  return choices[Math.floor(random() * choices.length)]!;
}

/** Lines of one block; blank lines between them follow the page's habit. */
type Block = readonly string[];

/** A page as an extractor leaves it: the damage of the real one, dealt out at random. */
export function composePage(articles: readonly CleanArticle[], random: Random): ComposedPage {
  const setIn = random() < 0.75;
  const spaced = random() < 0.7;
  const wrapping = pick(random, ["kinsoku", "squeezed", "slices"] as const);
  const gathersAfter = Math.floor(random() * (articles.length + 1));
  const gathered: Block[] = [];
  const blocks: Block[] = [];
  const gather = (index: number) => {
    if (index === gathersAfter) blocks.push(...gathered);
  };
  const places = articles.map(() =>
    pick(random, ["above", "tight", "below", "gathered", "gathered"] as const),
  );
  const headlines = articles.map(({ title }) => headlineBlocks(title, random, spaced));
  articles.forEach((_, index) => {
    if (places[index] === "gathered") gathered.push(...headlines[index]!);
  });
  gather(0);
  articles.forEach((article, index) => {
    const width = 12 + Math.floor(random() * 17);
    const lines = bodyLines(article, { width, setIn, spaced, wrapping }, random);
    const headline = headlines[index]!;
    switch (places[index]) {
      case "above":
        blocks.push(...headline, lines);
        break;
      case "tight":
        blocks.push(...headline.slice(0, -1), [...headline.at(-1)!, TIGHT, ...lines]);
        break;
      case "below":
        blocks.push(lines, ...headline);
        break;
      default:
        blocks.push(lines);
    }
    gather(index + 1);
  });
  return { text: print(blocks, new Set(headlines.flat()), random), articles };
}

/** Stands between a headline and the body it touches. */
const TIGHT = "\u0000";

function print(blocks: readonly Block[], headlines: ReadonlySet<Block>, random: Random): string {
  const always = random() < 0.3;
  const out: string[] = [];
  for (const block of blocks) {
    const isHeadline = headlines.has(block);
    const body = block.indexOf(TIGHT);
    block.forEach((line, index) => {
      if (line === TIGHT) return;
      out.push(line);
      const next = block[index + 1];
      if (next === undefined) out.push("");
      else if (next === TIGHT || isHeadline || index < body) return;
      else if (/[\dA-Za-z ]/.test(line) && !always) return;
      else if (/^[\dA-Za-z ]/.test(next)) return;
      else out.push("");
    });
  }
  return `${out.join("\n")}\n`;
}

/** Decks are blocks of their own; a deck may be broken in mid-phrase. */
function headlineBlocks(title: string, random: Random, spaced: boolean): Block[] {
  return title.split(" ").map((deck) => {
    const text = spaced ? spaceOut(deck) : deck;
    if (deck.length < 10 || random() < 0.55) return [text];
    const width = Math.max(6, Math.ceil(deck.length / pick(random, [2, 2, 3])) + Math.floor(random() * 3));
    return wrap(text, [width], "kinsoku");
  });
}

interface Setting {
  readonly width: number;
  readonly setIn: boolean;
  readonly spaced: boolean;
  readonly wrapping: "kinsoku" | "squeezed" | "slices";
}

function bodyLines(article: CleanArticle, setting: Setting, random: Random): string[] {
  const damage = pick(random, ["none", "none", "openings", "clauses", "whole"] as const);
  const digits = random() < 0.3;
  const changesAt = random() < 0.15 ? Math.floor(random() * article.paragraphs.length) : -1;
  let { width } = setting;
  const lines: string[] = [];
  const byline = bylineOf(article.authors, random);
  const ownLine = random() < 0.4;
  article.paragraphs.forEach((paragraph, index) => {
    if (index === changesAt) width = Math.max(12, width + pick(random, [-3, -2, 2, 3]));
    const printed = setting.spaced ? spaceOut(paragraph) : paragraph;
    const damaged = damagePart(printed, damage, digits, random);
    const isLast = index === article.paragraphs.length - 1;
    const text =
      isLast && byline !== "" && !ownLine ? `${damaged}${pick(random, [" ", ""])}${byline}` : damaged;
    lines.push(...wrap(text, setting.setIn ? [width - 2, width] : [width], setting.wrapping));
  });
  if (ownLine && byline !== "") lines.push(byline);
  return lines;
}

function bylineOf(authors: readonly string[], random: Random): string {
  if (authors.length === 0) return "";
  const [open, close] = pick(random, ["渊冤", "渊冤", "（）", "()"]);
  return `${open}${authors.join(pick(random, [" ", "、"]))}${close}`;
}

function damagePart(
  paragraph: string,
  damage: "none" | "openings" | "clauses" | "whole",
  digits: boolean,
  random: Random,
): string {
  if (damage === "none") return paragraph;
  if (damage === "whole") return disguise(paragraph, digits);
  if (random() < 0.35) return paragraph;
  const opening =
    (damage === "openings" ? /^.*?[。！？][”’]?/su : /^.{4,30}?[，。、：；]/su).exec(paragraph)?.[0] ?? "";
  const rest = paragraph.slice(opening.length);
  return disguise(opening, digits) + (opening !== "" && random() < 0.3 ? " " : "") + rest;
}

/** Every mark of the text as a newspaper font mis-maps it; digits only where that font set them too. */
export function disguise(text: string, digits: boolean): string {
  return [...text].map((c) => (/[\d.]/.test(c) && !digits ? c : (DISGUISES.get(c) ?? c))).join("");
}

function spaceOut(text: string): string {
  return text
    .replace(/(?<=\p{Script=Han})(?=[0-9A-Za-z])/gu, " ")
    .replace(/(?<=[0-9A-Za-z%])(?=\p{Script=Han})/gu, (_, at: number) => (at % 3 === 0 ? " " : ""));
}

/** Lines of these widths, the last one for all further lines. Numbers and Latin words stay whole. */
function wrap(text: string, widths: readonly number[], wrapping: Setting["wrapping"]): string[] {
  const units = text.match(/[0-9A-Za-z.%+-]+|[\s\S]/gu) ?? [];
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const unit of units) {
    const room = widths[Math.min(lines.length, widths.length - 1)]!;
    const size = widthOf(unit);
    const hangs = wrapping !== "slices" && /^[，。、：；？！”’）》…]/u.test(unit);
    const squeeze = wrapping === "squeezed" ? (line.match(/[，。、：；“”]/gu)?.length ?? 0) * 0.5 : 0;
    if (line !== "" && used + size > room + squeeze && !(hangs && used + size <= room + 2)) {
      const carried = wrapping !== "slices" ? (/[“‘（《]+$/u.exec(line)?.[0] ?? "") : "";
      lines.push(line.slice(0, line.length - carried.length).trim());
      line = carried;
      used = carried.length;
      if (unit === " ") continue;
    }
    line += unit;
    used += size;
  }
  return line.trim() === "" ? lines : [...lines, line.trim()];
}

function widthOf(unit: string): number {
  return [...unit].reduce((width, character) => width + (character.charCodeAt(0) < 0x250 ? 0.5 : 1), 0);
}
