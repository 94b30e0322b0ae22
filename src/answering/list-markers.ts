import type { Article } from "../types.ts";
import { enclosureAt, endWithin } from "./enclosure.ts";
import { parseNumber } from "./numerals.ts";

/** "一是", "2. ", "其次", a bullet: what an item of a list begins with. */
export interface Marker {
  readonly start: number;
  /** Where the item's text begins. */
  readonly end: number;
  /** From 1. */
  readonly ordinal: number;
  /** Nothing may follow this one, as after 最后. */
  readonly isLast: boolean;
}

const CJK = "[一二三四五六七八九十]{1,3}";
const DIGITS = "[0-9０-９]{1,2}";
const ENGLISH = "one|two|three|four|five|six|seven|eight|nine|ten";
const ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth";
/** Markers stand at the beginning of a clause, … */
const BORDER =
  '(?<=^|[\\n。！？!?；;：:，,"“”‘’「」『』（()）…—]\\s{0,4}|\\.\\s{1,4}|(?<![A-Za-z])(?:[Aa]nd|or)\\s{1,4}|以及|并且|並且)';
/** … in a tight row of short items also after a mere space, … */
const SPACED = `(?:${BORDER}|(?<=\\p{Script=Han}[ \\t\\u3000]{1,4}))`;
/** … and 一是 right behind what it tells of ("该矿一是…"), where it is not the end of 之一, 统一, 万一, … */
const BEHIND_SUBJECT = `(?:${BORDER}|(?<=、)|(?<![之统統唯惟单單万萬专專划劃同逐第一二三四五六七八九十百])(?=一[是要则則来來]))`;
/** Numbers in brackets may stand anywhere, but 第（一）项, 图（1） and f(1) refer to something. */
const NO_REFERENCE = "(?<![第款图圖表式见見A-Za-z0-9])";

/** Ways of numbering; the items of one list are all numbered in the same way. */
const FAMILIES: readonly RegExp[] = [
  new RegExp(
    `${BEHIND_SUBJECT}(?<n>${CJK})(?:是|要|则|則|来|來|靠|抓|看|学|學|查|促)(?!否|\\k<n>(?:[，、；。\\s]|$))`,
    "gu",
  ),
  new RegExp(
    `${BORDER}第(?<n>${CJK})(?:(?:[个個点點步条條项項种種类類招道关關块塊句批场場层層件本]|方面)?(?:就?是|[，,：:]|、(?!${CJK})|[ \\u3000]+|に[、，]?)|[个個项項条條步种種类類场場]\\p{Script=Han}{1,4}?(?:就?是|：))`,
    "gu",
  ),
  new RegExp(`${BORDER}第(?<n>${CJK})[怕靠看抓]`, "gu"),
  new RegExp(`${SPACED}(?<n>${CJK})[、．.]`, "gu"),
  new RegExp(`${NO_REFERENCE}[（(](?<n>${CJK})[）)]`, "gu"),
  new RegExp(`${NO_REFERENCE}[（(](?<n>${DIGITS})[）)]`, "gu"),
  new RegExp(`${NO_REFERENCE}[（(](?<n>[a-h])[）)]`, "gu"),
  new RegExp(`${SPACED}(?<n>${DIGITS})、`, "gu"),
  new RegExp(`(?<![0-9][.．]\\s{0,4})${SPACED}(?<n>${DIGITS})[.．](?![0-9０-９])`, "gu"),
  new RegExp(`(?<![（(])(?:${SPACED}|(?<=[a-z] ))(?<n>${DIGITS})[）)]`, "gu"),
  new RegExp(`(?<![（(])(?:${SPACED}|(?<=[a-z] ))(?<n>[a-h])[）)]`, "gu"),
  new RegExp(`${BORDER}(?<n>[A-J])[.．、]`, "gu"),
  /(?<=^|\n)[ \t]*(?<n>I{1,3}|IV|VI{0,3}|IX|X)[.．、]/giu,
  new RegExp(`(?<=^|\\n)[ \\t]*\\p{Script=Han}{2,4}?(?<n>${DIGITS}|${CJK})[：:]`, "gu"),
  new RegExp(`(?<=^|\\n)[ \\t]*\\p{Lu}\\p{Ll}{2,14} (?<n>${DIGITS})[:.]`, "gu"),
  new RegExp(`(?<=^|[\\n。；，：])“(?<n>${CJK})[^”]{1,6}”(?:就是|是指|是|指的是|指|即|：|，)`, "gu"),
  new RegExp(`${NO_REFERENCE}(?<n>[①-⑳])`, "gu"),
  /(?<n>[⑴-⒇])/gu,
  /(?<n>[❶-❿])/gu,
  new RegExp(`${NO_REFERENCE}[（(](?<n>i{1,3}|iv|vi{0,3}|ix|x)[）)]`, "gu"),
  new RegExp(`${BORDER}(?<n>${CJK})\\p{Script=Han}(?:[，：]|就?是)`, "gu"),
  /(?<n>[⒈-⒛])/gu,
  /(?<n>[㈠-㈩])/gu,
  new RegExp(
    `${BORDER}(?<n>首先|其次|再次|再者|第[三四五六](?=[，,、：:是])|最[后後](?![一的]))(?:就?是)?[，,、：:]?`,
    "gu",
  ),
  new RegExp(`${BORDER}(?<n>首先|然[后後]|接着|接著|随后|隨後|最[后後](?![一的]))[，,、：:]?`, "gu"),
  new RegExp(
    `${BORDER}(?<n>先|再|然[后後]|接着|接著|随[后後]|隨[后後]|最[后後](?![一的]))(?![后後例前])`,
    "gu",
  ),
  new RegExp(
    `${BORDER}(?:in )?(?:(?:the|a|and) )?(?<n>${ORDINALS}|finally|last)(?:ly| of all| place)?(?:,| (?:\\p{Ll}+ ){0,2}?(?:is|was|asks|calls|requires|says|concerns))\\s`,
    "giu",
  ),
  new RegExp(
    `${BORDER}(?<n>[Ff]irst|[Tt]o begin with|[Tt]o start with|[Nn]ext|[Tt]hen|[Aa]fter that|[Aa]fterwards|[Ff]inally|[Ll]astly|[Ii]n the end)(?: of all)?(?:,\\s|\\s(?=\\p{Ll}))`,
    "gu",
  ),
  new RegExp(
    `${BORDER}(?:step|phase|stage|part|rule|tip|day|measure|reason|point|option|goal|principle|priority|question|步骤|步驟|措施|举措|舉措|建议|建議|原因|阶段|階段|要求|目标|目標|任务|任務|问题|問題|原则|原則|做法|经验|經驗|变化|變化|亮点|亮點|提示|其) ?(?<n>${DIGITS}|${CJK}|${ENGLISH})(?:[：:，,、.]|是)`,
    "giu",
  ),
];
/** "One: …", "Number two, …", "Another is …" */
const SPELT: readonly RegExp[] = [
  new RegExp(`${BORDER}(?:number )?(?<n>${ENGLISH})[,:]\\s`, "giu"),
  new RegExp(`${BORDER}(?<n>one|another|the other|a second|a third)(?: \\p{Ll}+)? (?:is|was)\\s`, "giu"),
];
/** 第一场战役…第二场战役…, 头一道是…末一道是…: what follows the numbers is a part of the markers… */
const ALIKE = new RegExp(`${BORDER}第?(?<n>(?<=第)${CJK}|[头頭]一|末一|最[后後]一)(?=\\p{Script=Han})`, "gu");
/** …and of the items in 一缺产业，二缺人才. */
const ALIKE_ITEMS = new RegExp(`${BORDER}(?<n>${CJK})(?=\\p{Script=Han})`, "gu");
const MAX_ALIKE_CHARS = 5;
const BULLET = /(?<=^|\n)[ \t]*(?:[-*](?=[ \t])|—{1,2}(?=[^—])|[•·●▪○◆■◇□▶►★☆※✓✔–])/gu;

/** "一种是…，另一种是…", "有的…，还有的…" */
const ONE_KIND = new RegExp(`${BORDER}(?:还有|還有|另外?|再)?一[种種类類个個]就?是`, "gu");
const SOME = new RegExp(
  `(?:${BORDER}|(?<=[^\\P{Script=Han}所没沒只拥擁现現具仅僅固特原享占含共])(?=有的))(?:还|還)?有的(?!放矢)(?=\\p{Script=Han})`,
  "gu",
);

/** Words after which comes the next item, whichever that is. */
const NEXT =
  /^(?:其次|再次|再者|再|然[后後]|接[着著]|[随隨][后後]|next|then|after that|afterwards|another|the other|a second|a third)$/iu;
const LAST = /^(?:末一|最[后後]一?|finally|last|lastly|in the end)$/iu;
const ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
const FIRST = /^(?:首先|先|[头頭]一|first|to begin with|to start with)$/iu;
/** First ones of the blocks of twenty (or ten) numbers that are single characters. */
const SINGLE_CHARACTERS = [..."①⑴⒈㈠❶"].map((one) => one.charCodeAt(0));

/** An item wider than this is prose that happens to begin like one, unless both markers begin a line. */
const MAX_ITEM_CHARS = 600;
const MAX_SECTION_CHARS = 3000;
/** Lists within lists, or after each other, that another item may go on with. */
const MAX_OPEN = 8;
/** Of one kind in an article; more are no text that anybody wrote. */
const MAX_RUNS = 1000;
const ENDS_IN_ELLIPSIS = /(?:…|\.{3})[；;，,、。\s]*$/u;

/** Every run 1, 2, 3, … of at least two markers of one kind, the longest where several begin at one place. */
export function findMarkerRuns(article: Article): Marker[][] {
  const runs = [
    ...[...FAMILIES, ...SPELT].flatMap((family) => numberedRuns(article, family)),
    ...[BULLET, ONE_KIND, SOME].flatMap((bullet) => repeatedRuns(article.text, bullet)),
    ...numberedRuns(article, ALIKE).flatMap((run) => alikeRun(article.text, run, true)),
    ...numberedRuns(article, ALIKE_ITEMS).flatMap((run) => alikeRun(article.text, run, false)),
  ].filter((run) => run.length >= 2);
  const longest = new Map<number, Marker[]>();
  for (const run of runs) {
    const start = run[0]!.start;
    if (run.length > (longest.get(start)?.length ?? 0)) longest.set(start, run);
  }
  return [...longest.values()];
}

/** At least three markers with the same words behind the number, which are a part of them or of the items. */
function alikeRun(text: string, run: readonly Marker[], isPart: boolean): Marker[][] {
  if (run.length < 3) return [];
  const behind = run.map(({ end }) => text.slice(end, end + MAX_ALIKE_CHARS));
  let shared = 0;
  while (
    /\p{Script=Han}/u.test(behind[0]![shared] ?? "") &&
    behind.every((words) => words[shared] === behind[0]![shared])
  )
    shared++;
  if (shared === 0) return [];
  // 一年级认岗，二年级跟岗 numbers nothing.
  if (!isPart) return shared === 1 ? [[...run]] : [];
  return [
    run.map((marker) => {
      const end = marker.end + shared;
      return { ...marker, end: end + /^(?:就?是|为|為|，|：)?/u.exec(text.slice(end, end + 2))![0].length };
    }),
  ];
}

/** Whether only white space stands between the marker and the beginning of its line. */
export function beginsLine(text: string, marker: Marker): boolean {
  return /(?:^|\n)[ \t\u3000]*$/u.test(text.slice(Math.max(0, marker.start - 20), marker.start));
}

/** A 1 opens a run inside or after the open ones; another number goes on with the innermost run that it continues. */
function numberedRuns(article: Article, family: RegExp): Marker[][] {
  const runs: Marker[][] = [];
  let open: Marker[][] = [];
  for (const match of article.text.matchAll(family)) {
    if (runs.length === MAX_RUNS) break;
    const numeral = match.groups!.n!;
    const found = { start: match.index, end: match.index + match[0].length, isLast: LAST.test(numeral) };
    const ordinal = ordinalOf(numeral);
    const isContinued = (run: readonly Marker[], level: number) => {
      const marker = { ...found, ordinal: ordinal ?? run.at(-1)!.ordinal + 1 };
      return continues(article, run, marker, level === open.length - 1);
    };
    const depth = ordinal === 1 ? -1 : open.findLastIndex(isContinued);
    if (depth >= 0) {
      const run = open[depth]!;
      run.push({ ...found, ordinal: ordinal ?? run.at(-1)!.ordinal + 1 });
      open = open.slice(0, depth + 1);
    } else if (ordinal === 1) {
      const run: Marker[] = [{ ...found, ordinal }];
      runs.push(run);
      const inReach = open.filter((other) => run[0]!.start - other.at(-1)!.end <= MAX_SECTION_CHARS);
      open = [...inReach.slice(-MAX_OPEN), run];
    }
  }
  return runs;
}

function continues(article: Article, run: readonly Marker[], marker: Marker, isInnermost: boolean): boolean {
  const { text } = article;
  const last = run.at(-1)!;
  if (!(marker.ordinal > last.ordinal) || last.isLast) return false;
  const gap = text.slice(last.end, marker.start);
  const areLines = beginsLine(text, last) && beginsLine(text, marker);
  if (gap.length > (areLines ? MAX_SECTION_CHARS : MAX_ITEM_CHARS)) return false;
  // 首先…最后 without anything between is how a story is told.
  if (marker.isLast && last.ordinal < 2) return false;
  if (!isInnermost && gap.includes("\n") && !areLines) return false;
  const isNext = marker.ordinal === last.ordinal + 1;
  if (!isNext && !ENDS_IN_ELLIPSIS.test(gap)) return false;
  const around = enclosureAt(article, run[0]!.start);
  if (around === undefined) return true;
  const end = endWithin(text, { start: last.end, end: marker.start }, around);
  return end === undefined || text.slice(end + 1, marker.start).includes(around.opener);
}

/** The number of a numeral; undefined where the word only says that it goes on. */
function ordinalOf(numeral: string): number | undefined {
  if (NEXT.test(numeral) || LAST.test(numeral)) return undefined;
  if (FIRST.test(numeral)) return 1;
  if (ROMAN.includes(numeral.toLowerCase())) return ROMAN.indexOf(numeral.toLowerCase()) + 1;
  if (/^[a-j]$/iu.test(numeral)) return numeral.toLowerCase().charCodeAt(0) - 96;
  const code = numeral.charCodeAt(0);
  const one = SINGLE_CHARACTERS.find((first) => code >= first && code < first + 20);
  if (one !== undefined) return code - one + 1;
  return parseNumber(numeral.normalize("NFKC").replace("第", "")) ?? Number.NaN;
}

/** Items that begin with the same bullet (words) and follow each other, with at most a blank line between them. */
function repeatedRuns(text: string, bullet: RegExp): Marker[][] {
  const runs: Marker[][] = [];
  for (const match of text.matchAll(bullet)) {
    if (runs.length === MAX_RUNS) break;
    const run = runs.at(-1);
    const last = run?.at(-1);
    const found = { start: match.index, end: match.index + match[0].length, isLast: false };
    const follows =
      last !== undefined &&
      match[0].trim().endsWith(text.slice(run![0]!.start, run![0]!.end).trim()) &&
      !/\n\s*\n/u.test(text.slice(last.end, match.index).trim()) &&
      match.index - last.end <= MAX_ITEM_CHARS;
    if (run !== undefined && follows) run.push({ ...found, ordinal: run.length + 1 });
    else runs.push([{ ...found, ordinal: 1 }]);
  }
  return runs;
}
