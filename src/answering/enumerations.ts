import { rememberRecent } from "../analysis/remember.ts";
import { splitSentences, trimSpan } from "../analysis/sentences.ts";
import type { Article, Span } from "../types.ts";
import { readCountAfter, readDeclaration } from "./declared.ts";
import { blankEnclosed } from "./enclosure.ts";
import { REMEMBERED_CHARS, type TextList } from "./lists.ts";

/**
 * One reading of an enumeration without markers ("A、B和C"): its parts, of which the first may begin, and the last
 * may end, anywhere within its span unless the borders are closed.
 */
export interface Reading {
  readonly parts: readonly Span[];
  readonly closedStart: boolean;
  readonly closedEnd: boolean;
}

/** An enumeration that is told by commas, semicolons or conjunctions alone. */
export interface Enumeration {
  readonly article: Article;
  readonly kind: "semicolons" | "commas" | "lines" | "quotations" | "words";
  readonly sentence: Span;
  /** The part of the sentence that holds it. */
  readonly clause: Span;
  /** Ways to read it; the borders decide. */
  readonly readings: readonly Reading[];
}

const CLAUSE_END = /[，；：;:]|,(?=\s)|——+|—|\s[-–]\s|–/gu;
const CONJUNCTION = /以及|及其|并且|或者|[和及与與或并並]|\s(?:and|or|as well as)\s|^(?:and|or)\s/u;
const LEADING = /^[\s，,、]*(?:以及|还有|(?:and|or|as well as|then)\s+)?/u;
const MAX_ITEM_CHARS = 80;
/** A longer sentence is none that anybody wrote, and ways to read it are too many to compare. */
const MAX_SENTENCE_CHARS = 800;
const MAX_PARTS = 16;
const MAX_LINES = 60;
/** Enclosures within enclosures that are looked into. */
const MAX_DEPTH = 3;
/** The same of conjunctions in one part. */
const MAX_CONJUNCTIONS = 6;
/** Behind the last item of an open enumeration. */
const AND_SO_ON =
  /,?\s+(?:etc\b\.?|among(?:st)? others?\b(?: \p{L}+)?|and so on\b|and (?:many )?(?:more|others)\b(?: besides)?)/giu;
const QUOTATIONS = /(?:["“「『]\ue000+["”」』][、，,；;]?\s*(?:(?:和|及|与|以及|and|or)\s*)?){2,}/gu;

/** Every enumeration without markers; many are none that anybody would ask for. */
export const findEnumerations = rememberRecent(enumerationsOf, {
  max: REMEMBERED_CHARS,
  // Of a sentence that is made for it there are thousands of readings.
  sizeOf: ({ text }, found) =>
    text.length + sumOf(found, ({ readings }) => sumOf(readings, ({ parts }) => parts.length)),
});

function sumOf<Of>(all: readonly Of[], numberOf: (one: Of) => number): number {
  return all.reduce((sum, one) => sum + numberOf(one), 0);
}

function enumerationsOf(article: Article): readonly Enumeration[] {
  const found: Enumeration[] = [];
  for (const paragraph of article.paragraphs) {
    for (const region of regionsOf(article.text, paragraph)) {
      const isEnclosed = region.start !== paragraph.start;
      for (const { start, end } of splitSentences(region.blanked))
        if (end - start <= MAX_SENTENCE_CHARS)
          found.push(
            ...inSentence(article, region.blanked.slice(start, end), region.start + start, isEnclosed),
          );
    }
  }
  return [...found, ...inLines(article)];
}

/** A stretch of text whose own enclosures are blanked out. */
interface Region {
  readonly start: number;
  readonly blanked: string;
}

/** The paragraph itself, and what its pairs enclose, which may hold enumerations of its own. */
function regionsOf(text: string, span: Span, depth = 0): Region[] {
  const blanked = blankEnclosed(text.slice(span.start, span.end));
  if (depth === MAX_DEPTH) return [{ start: span.start, blanked }];
  const inner = [...blanked.matchAll(/\ue000{5,}/gu)].flatMap(({ index, 0: { length } }) =>
    regionsOf(text, { start: span.start + index, end: span.start + index + length }, depth + 1),
  );
  return [{ start: span.start, blanked }, ...inner];
}

function inSentence(article: Article, blanked: string, at: number, isEnclosed: boolean): Enumeration[] {
  const text = blanked.replace(AND_SO_ON, (words) => "—".padEnd(words.length));
  // What follows …… is another sentence.
  const whole = text.search(/(?<=[^…])…+(?=[^…])/u);
  const sentence = trimmed(text, { start: 0, end: whole > 0 ? whole : text.length });
  const spanOf = ({ start, end }: Span): Span => ({ start: start + at, end: end + at });
  const make = (kind: Enumeration["kind"], clause: Span, readings: readonly Reading[]): Enumeration[] =>
    readings.length === 0
      ? []
      : [
          {
            article,
            kind,
            sentence: spanOf(sentence),
            clause: spanOf(clause),
            readings: readings.map((reading) => ({ ...reading, parts: reading.parts.map(spanOf) })),
          },
        ];
  const colon = Math.max(text.lastIndexOf("："), text.lastIndexOf(":"), text.lastIndexOf("——") + 1);
  const body = { start: colon > 0 ? colon + 1 : sentence.start, end: sentence.end };
  const { end } = trimmed(text, body);

  const chains = split(text, { start: body.start, end }, /[；;]/gu);
  const semicolons = chains.length >= 2 ? [closed(chains, colon > 0)] : [];
  const commas = chains.length === 1 ? split(text, { start: body.start, end }, /，|,(?=\s)/gu) : [];
  const quotations = [...text.matchAll(QUOTATIONS)].map(({ index, 0: run }) => {
    const parts = [...run.matchAll(/["“「『](\ue000+)["”」』]/gu)].map((one) => ({
      start: index + one.index + 1,
      end: index + one.index + 1 + one[1]!.length,
    }));
    return { clause: { start: index, end: index + run.trimEnd().length }, reading: closed(parts, true) };
  });
  return [
    ...make("semicolons", body, semicolons),
    ...make(
      "commas",
      body,
      commas.length >= (colon > 0 ? 2 : 3) && commas.every(isShort)
        ? [closed(commas, colon > 0 || (isEnclosed && sentence.start === 0))]
        : [],
    ),
    ...quotations.flatMap(({ clause, reading }) => make("quotations", clause, [reading])),
    ...clausesOf(text, sentence).flatMap((clause) => make("words", clause, inChineseClause(text, clause))),
    ...(quotations.length > 0 ? [] : englishStretches(text, sentence, blanked)).flatMap((stretch) =>
      make("words", stretch, inEnglish(text, stretch, isOpenEnded(blanked, stretch))),
    ),
  ];
}

function closed(parts: readonly Span[], isStart: boolean): Reading {
  return { parts, closedStart: isStart, closedEnd: true };
}

function isShort({ start, end }: Span): boolean {
  return end - start <= MAX_ITEM_CHARS;
}

/** "A、B、C和D" between two other marks. */
function inChineseClause(text: string, clause: Span): Reading[] {
  const parts = split(text, clause, /[、→]|(?<=[”》」])(?=[“《「])/gu);
  const isOpen = { closedStart: false, closedEnd: false };
  if (parts.length === 1) {
    return conjunctionsIn(text, parts[0]!).map((pair) => ({ parts: pair, ...isOpen }));
  }
  const last = parts.at(-1)!;
  const rest = parts.slice(0, -1);
  const splits = conjunctionsIn(text, last).map((pair) => [...rest, ...pair]);
  return [parts, ...splits].map((all) => ({ parts: all, ...isOpen }));
}

/** "A, B, and C", "A and B", "A, B, C, etc.": where the first begins is open, also in which part between commas. */
function inEnglish(text: string, stretch: Span, isOpenEnded: boolean): Reading[] {
  const parts = split(text, stretch, /,(?=\s+)/gu, trimSpan);
  const readings: Reading[] = isOpenEnded
    ? parts.slice(Math.max(0, parts.length - MAX_PARTS), -1).map((_, i, { length }) => ({
        parts: parts.slice(i - length - 1),
        closedStart: false,
        closedEnd: true,
      }))
    : [];
  parts.forEach((part, i) => {
    const begins = /^(?:and|or)\s/u.exec(text.slice(part.start, part.end));
    const pairs =
      begins && i > 0
        ? [[{ start: part.start + begins[0].length, end: part.end }]]
        : conjunctionsIn(text, part);
    for (const tail of pairs) {
      for (let first = begins ? i - 1 : i; first >= Math.max(0, i - MAX_PARTS); first--) {
        const all = [...parts.slice(first, i), ...tail];
        if (all.length >= 2) readings.push({ parts: all, closedStart: false, closedEnd: false });
      }
    }
  });
  return readings;
}

/** The two sides of each conjunction. */
function conjunctionsIn(text: string, part: Span): [Span, Span][] {
  return [...text.slice(part.start, part.end).matchAll(new RegExp(CONJUNCTION, "gu"))]
    .slice(-MAX_CONJUNCTIONS)
    .map(({ index, 0: word }): [Span, Span] => [
      trimmed(text, { start: part.start, end: part.start + index }),
      trimmed(text, { start: part.start + index + word.length, end: part.end }),
    ])
    .filter(([left, right]) => left.end > left.start && right.end > right.start);
}

function clausesOf(text: string, sentence: Span): Span[] {
  return split(text, sentence, CLAUSE_END).filter(({ start, end }) =>
    /\p{Script=Han}/u.test(text.slice(start, end)),
  );
}

/** Between stronger marks than commas. */
function englishStretches(text: string, sentence: Span, blanked: string): Span[] {
  if (/\p{Script=Han}/u.test(text)) return [];
  return split(text, sentence, /[;:—]|\s[-–]\s|–|[.!?]+$/gu).filter(
    ({ start, end }) =>
      /\b(?:and|or)\b/u.test(text.slice(start, end)) || isOpenEnded(blanked, { start, end }),
  );
}

function isOpenEnded(text: string, { end }: Span): boolean {
  const rest = text.slice(end);
  return rest.search(AND_SO_ON) === 0 || /^\s*(?:\.{3}|…)/u.test(rest);
}

/** The spans between separators, trimmed, without empty ones. */
function split(text: string, { start, end }: Span, separator: RegExp, trim = trimmed): Span[] {
  const parts: Span[] = [];
  let from = start;
  for (const match of text.slice(start, end).matchAll(separator)) {
    parts.push({ start: from, end: start + match.index });
    from = start + match.index + match[0].length;
  }
  parts.push({ start: from, end });
  return parts.map((part) => trim(text, part)).filter((part) => part.end > part.start);
}

/** Without white space and conjunctions before it, nor marks that end a sentence behind it. */
function trimmed(text: string, { start, end }: Span): Span {
  const body = text.slice(start, end);
  const from = LEADING.exec(body)![0].length;
  const to = body.length - /(?:[\s。！？!?；;，,、—]|(?<!\p{L}\.\p{L})\.)*$/u.exec(body)![0].length;
  return { start: start + Math.min(from, to), end: start + to };
}

/** Paragraphs after one that ends with a colon, or such as begin alike: "用工难。…", "用地难。…". */
function inLines(article: Article): Enumeration[] {
  const { text, paragraphs } = article;
  return paragraphs.flatMap((paragraph, i): Enumeration[] => {
    const isIntroduced = /[：:]$/u.test(text.slice(paragraph.start, paragraph.end));
    const after = paragraphs.slice(i + 1, i + 1 + MAX_LINES);
    const lines = isIntroduced ? linesBelow(text, after) : labelledBelow(text, after);
    if (lines.length < 2) return [];
    const parts = lines.map((line) => trimmed(text, line));
    const readings = parts.slice(1).map((_, n) => closed(parts.slice(0, n + 2), true));
    return [
      {
        article,
        kind: "lines",
        sentence: paragraph,
        clause: { start: parts[0]!.start, end: parts.at(-1)!.end },
        readings: isIntroduced ? readings : readings.slice(-1),
      },
    ];
  });
}

function linesBelow(text: string, paragraphs: readonly Span[]): Span[] {
  const lines: Span[] = [];
  for (const line of paragraphs) {
    const body = text.slice(line.start, line.end);
    if (body.length > 2 * MAX_ITEM_CHARS || /[：:]$/u.test(body)) break;
    const last = lines.at(-1);
    const isLike =
      last === undefined || /[；;。.]$/u.test(body) === /[；;。.]$/u.test(text.slice(last.start, last.end));
    if (!isLike && !/[；;]$/u.test(text.slice(last.start, last.end))) break;
    lines.push(line);
  }
  return lines;
}

const LABEL = /^\p{Script=Han}{1,7}(\p{Script=Han})[。：:](?=.)/u;

/** At least three, whose labels end alike. */
function labelledBelow(text: string, paragraphs: readonly Span[]): Span[] {
  const ending = ({ start, end }: Span) => LABEL.exec(text.slice(start, end))?.[1];
  const first = paragraphs[0] && ending(paragraphs[0]);
  const other = paragraphs.findIndex((paragraph) => ending(paragraph) !== first);
  const lines = first === undefined ? [] : paragraphs.slice(0, other < 0 ? undefined : other);
  return lines.length < 3 ? [] : lines;
}

/** Behind these come examples. */
const EXAMPLES = /(?:例如|比如|诸如|譬如|such as|for example|for instance|e\.g\.)[：:,，\s]*$/iu;
const MORE =
  /^[”’」』"]?(?:等|[,，、;；]?\s*(?:…+|\.{3}|and so on|etc\b|and (?:many )?(?:more|others)\b|among(?:st)? others?\b))/iu;
/** What stands right before an enumeration that is told of. */
export const INTRODUCES =
  /(?:[：:—]|among (?:them|which)|包括|包含|分别是|分别为|有|如下|\b(?:including|include|includes|are|namely|like))\s*[“"「]?$/iu;
/** "and several other places" */
const OTHERS =
  /^(?:(?:several|many|some|a few|two|three|four|five|six|seven|eight|nine|ten|[0-9]+) )?(?:others?|more)\b|^其他|^等等?$|^etc$/iu;
const AND_OTHERS = /(?<=[^平同上中下优優头頭高初均相])等$/u;
/** A sentence up to this is quoted whole. */
const MAX_QUOTED = 120;

/** An enumeration whose items are known, as a list. */
export function asList({ article, kind, sentence, clause }: Enumeration, items: readonly Span[]): TextList {
  const { text } = article;
  const first = items[0]!;
  const last = items.at(-1)!;
  const lead = { start: startOfLead(article, sentence, first.start), end: first.start };
  const tail = { start: last.end, end: kind === "lines" ? last.end : Math.max(sentence.end, last.end) };
  const rest = text.slice(last.end, last.end + 60);
  const said = text.slice(last.start, last.end);
  const others = OTHERS.exec(said);
  if (others !== null && items.length > 2)
    return { ...asList({ article, kind, sentence, clause, readings: [] }, items.slice(0, -1)), elided: true };
  // "…；店主不认旧卡等。"
  const open = AND_OTHERS.exec(said);
  if (open !== null) {
    const shorter = { start: last.start, end: last.start + open.index };
    return asList({ article, kind, sentence, clause, readings: [] }, [...items.slice(0, -1), shorter]);
  }
  const isCut = MORE.test(rest) || EXAMPLES.test(text.slice(lead.start, lead.end));
  const before = text.slice(lead.start, lead.end);
  const announced = readDeclaration(before, items.length, isCut);
  // More than there are is only missing where the list is what the number announces.
  const isAnnounced = announced !== null && (announced.count === items.length || INTRODUCES.test(before));
  const declaration = readCountAfter(rest, items.length) ?? (isAnnounced ? announced : null);
  const isWhole = tail.end - lead.start <= MAX_QUOTED;
  return {
    article,
    span: {
      start: isWhole ? lead.start : Math.min(clause.start, first.start),
      end: isWhole ? tail.end : Math.max(clause.end, last.end),
    },
    items: items.map((item) => unquoted(text, item)),
    lead,
    tail,
    declared: declaration?.count ?? null,
    name: declaration?.name ?? "",
    elided: isCut && declaration?.count !== items.length,
  };
}

/** "They are:" and 分别是： tell of what the sentence before says. */
function startOfLead({ text, paragraphs }: Article, sentence: Span, end: number): number {
  const lead = text.slice(sentence.start, end).trim();
  const start = Math.min(sentence.start, end);
  const isShort = /\p{Script=Han}/u.test(lead) ? lead.length < 8 : lead.length < 20;
  const here = paragraphs.find((paragraph) => paragraph.start < start && start < paragraph.end);
  if (!isShort || here === undefined) return start;
  return splitSentences(text, { start: here.start, end: start }).at(-1)?.start ?? start;
}

/** “A” is A. */
function unquoted(text: string, { start, end }: Span): Span {
  const isQuoted = /^["“「](?=[^"“”「」]*["”」]$)/u.test(text.slice(start, end));
  return isQuoted ? { start: start + 1, end: end - 1 } : { start, end };
}
