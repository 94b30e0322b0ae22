import { unknownWordCost, wordCost } from "../analysis/words.ts";
import { clauseEndOdds, clauseStartOdds } from "./clause-borders.ts";
import { describe, type Mark, MISMAPPED } from "./mismapped-marks.ts";

export interface Repair {
  /** Where the character stood in the text as it came, in UTF-16 units. */
  readonly offset: number;
  readonly from: string;
  readonly to: string;
}

export interface Repaired {
  readonly text: string;
  readonly repairs: readonly Repair[];
}

/*
 * Every character of the table is an ordinary character as well, so reading the text is a search for the cheapest way
 * through it: as words of the dictionary, each at its surprise (-ln of its frequency), or, inside a damaged stretch,
 * as marks. A stretch costs something to enter, more where no sentence begins; real marks inside it speak against it;
 * and the first stretch of a text costs most, so that only a text with clear damage somewhere is read with suspicion.
 * All costs are in nats.
 */
const DAMAGED_TEXT = 9;
const ENTER_AT_SENTENCE = 2;
/** A headline may stand before a line, or only the wrap of a column. */
const ENTER_AT_LINE = 4;
const ENTER_IN_SENTENCE = 8;
const LEAVE = 1;
const REAL_MARK_IN_STRETCH = 3;
const IMPOSSIBLE = 8;
/** A bracketed name or three at the end of a line is a byline wherever it stands. */
const BYLINE_BONUS = 10;
/** Spaces between Han characters are rare but where an extractor left them. */
const SPACE_BONUS = 3;
/** Surroundings that the dictionary does not know, in which the character is itself. */
const GENUINE_COST = 9;
const TITLE_COST = 6;
const BEFORE_PERSON =
  /(?:代表|记者|书记|主任|经理|队长|院长|教授|老师|校长|博士|研究员|工程师|总裁|董事长|主席|局长|市长|县长|区长|镇长|村民|居民|工人|员工|医生|护士|律师|学生|同学|负责人|作者|选手|演员|导演|市民|司机|民警|所长|站长|馆长|厂长|师傅|通讯员|姓)$/u;
const AFTER_PERSON = /^(?:某|女士|先生|老师|师傅|氏|总|教授|院士|医生|主任|书记)/u;
/** A colon is what stands before a quotation. */
const SPEECH_BONUS = 2;
const MAX_WORD_CHARS = 8;
/** A quotation may run on for sentences; brackets are short. */
const MAX_QUOTE_CHARS = 250;
const MAX_BRACKET_CHARS = 60;

/** -ln of a mark's share in news text; rare marks are capped, for where they do occur they are no surprise. */
const MARK_COSTS: Readonly<Record<string, number>> = { "，": 3.2, "。": 4.1, "、": 4.6, "：": 5.4 };
const RARE_MARK_COST = 5.5;
const NUMBER_COST = 5;
const NEXT_DIGIT_COST = 1.2;

const HAN = /\p{Script=Han}/u;
const BYLINE = /渊[\p{Script=Han}、，]{2,18}冤/gu;
/** What a number made of mis-mapped digits is followed by, other than a mark or Latin. */
const AFTER_NUMBER =
  /[年月日时分秒点个名人位次项场期届度岁万亿千百十元角米里公吨斤克升亩家户件处例台套辆座条层号级类种天周艘枚幅首支只头棵株所栋幢趟轮批组队对本册篇块片颗张道架节笔份倍成折胜负平比至到℃%]/u;

/**
 * Marks restored where a font mis-mapped them, and the spaces gone that the extractor left beside them; a clean text
 * comes out unchanged to the letter.
 */
export function repairPunctuation(text: string): Repaired {
  const page = compact(text);
  if (!page.characters.some((character) => MISMAPPED.has(character))) return { text, repairs: [] };
  const readings = keepPaired(page.characters, readMarks(page));
  const repairs = readings.map(({ at, mark }) => ({
    offset: page.offsets[at]!,
    from: page.characters[at]!,
    to: mark.mark,
  }));
  return { text: apply(text, repairs), repairs };
}

function apply(text: string, repairs: readonly Repair[]): string {
  const units = text.split("");
  for (const { offset, to } of repairs) {
    units[offset] = to;
    if (/[0-9.]/.test(to)) continue;
    for (const step of [-1, 1]) {
      for (let at = offset + step; isSpace(text[at]); at += step) units[at] = "";
    }
  }
  return units.join("");
}

interface CompactText {
  /** UTF-16 units that are not white space. */
  readonly characters: readonly string[];
  readonly offsets: readonly number[];
  /** The same characters in one string, for patterns. */
  readonly joined: string;
  /** Whether a space stands beside the character, as extractors leave them beside digits and mis-mapped marks. */
  readonly spaced: readonly boolean[];
  /** Whether a line ends after the character. */
  readonly endsLine: readonly boolean[];
  /** Places of 渊 and 冤 around names at a line's end. */
  readonly bylines: readonly { readonly open: number; readonly close: number }[];
}

/** Hard wraps cut words, and extractors leave spaces beside the marks, so the search sees neither. */
function compact(text: string): CompactText {
  const characters: string[] = [];
  const offsets: number[] = [];
  const endsLine: boolean[] = [];
  const spaced: boolean[] = [];
  for (let offset = 0; offset < text.length; offset++) {
    const unit = text[offset]!;
    if (/\s/.test(unit)) {
      if (unit === "\n" && endsLine.length > 0) endsLine[endsLine.length - 1] = true;
      continue;
    }
    characters.push(unit);
    offsets.push(offset);
    endsLine.push(false);
    spaced.push(isSpace(text[offset - 1]) || isSpace(text[offset + 1]));
  }
  if (endsLine.length > 0) endsLine[endsLine.length - 1] = true;
  const joined = characters.join("");
  const bylines = [...joined.matchAll(BYLINE)]
    .map(({ index, 0: found }) => ({ open: index, close: index + found.length - 1 }))
    .filter(({ close }) => endsLine[close]);
  return { characters, offsets, joined, endsLine, spaced, bylines };
}

function isSpace(unit: string | undefined): boolean {
  return unit === " " || unit === "\t" || unit === "\u3000";
}

interface MarkReading {
  readonly at: number;
  readonly mark: Mark;
}

/** One step of the cheapest way: where it came from, and which marks it read. */
interface Step {
  readonly cost: number;
  readonly from: number;
  readonly damaged: boolean;
  readonly marks: readonly Mark[] | undefined;
}

/** The marks on the cheapest way through the text; none when reading it as clean is nearly as cheap. */
function readMarks(page: CompactText): MarkReading[] {
  const length = page.characters.length;
  const start: Step = { cost: 0, from: -1, damaged: false, marks: undefined };
  const clean: (Step | undefined)[] = [start];
  const damaged: (Step | undefined)[] = [];
  const onlyClean: number[] = [0];

  const relax = (steps: (Step | undefined)[], to: number, step: Step) => {
    if (step.cost < (steps[to]?.cost ?? Number.POSITIVE_INFINITY)) steps[to] = step;
  };
  for (let at = 0; at < length; at++) {
    const intoStretch = clean[at]!.cost + enterCost(page, at);
    if (intoStretch < (damaged[at]?.cost ?? Number.POSITIVE_INFINITY)) {
      damaged[at] = { ...clean[at]!, cost: intoStretch };
    } else if (damaged[at]!.cost + LEAVE < clean[at]!.cost) {
      clean[at] = { ...damaged[at]!, cost: damaged[at]!.cost + LEAVE };
    }
    for (const { end, cost } of wordsAt(page, at)) {
      onlyClean[end] = Math.min(onlyClean[end] ?? Number.POSITIVE_INFINITY, onlyClean[at]! + cost);
      relax(clean, end, { cost: clean[at]!.cost + cost, from: at, damaged: false, marks: undefined });
      const real = end === at + 1 && describe(page.characters[at]!) ? REAL_MARK_IN_STRETCH : 0;
      relax(damaged, end, {
        cost: damaged[at]!.cost + cost + real,
        from: at,
        damaged: true,
        marks: undefined,
      });
    }
    for (const { end, cost, marks } of marksAt(page, at)) {
      const previous = damaged[at]!.damaged ? damaged[at]!.marks?.at(-1) : undefined;
      const clash = previous && !follows(previous, marks[0]!) ? IMPOSSIBLE : 0;
      relax(damaged, end, { cost: damaged[at]!.cost + cost + clash, from: at, damaged: true, marks });
    }
  }
  const last = clean[length]!.cost < damaged[length]!.cost + LEAVE ? clean[length]! : damaged[length]!;
  if (onlyClean[length]! - last.cost < DAMAGED_TEXT) return [];

  const readings: MarkReading[] = [];
  for (let step = last; step.from >= 0; ) {
    step.marks?.forEach((mark, index) => {
      readings.push({ at: step.from + index, mark });
    });
    step = (step.damaged ? damaged : clean)[step.from]!;
  }
  return readings.sort((a, b) => a.at - b.at);
}

function enterCost(page: CompactText, at: number): number {
  const before = page.characters[at - 1];
  if (before === undefined || "。！？".includes(before)) return ENTER_AT_SENTENCE;
  if (!page.endsLine[at - 1]) return ENTER_IN_SENTENCE;
  return "）)冤".includes(before) ? ENTER_AT_SENTENCE : ENTER_AT_LINE;
}

/** The dictionary's words that begin here, and the bare character. */
function* wordsAt(page: CompactText, at: number): Generator<{ end: number; cost: number }> {
  const character = page.characters[at]!;
  if (!HAN.test(character)) {
    yield { end: at + 1, cost: 0 };
    return;
  }
  yield { end: at + 1, cost: wordCost(character) ?? unknownWordCost() };
  const longest = Math.min(MAX_WORD_CHARS, page.characters.length - at);
  for (let size = 2; size <= longest; size++) {
    const cost = wordCost(page.joined.slice(at, at + size));
    if (cost !== undefined) yield { end: at + size, cost };
  }
}

interface MarkEdge {
  readonly end: number;
  readonly cost: number;
  readonly marks: readonly Mark[];
}

/** The marks that may have been printed here. */
function* marksAt(page: CompactText, at: number): Generator<MarkEdge> {
  const mark = MISMAPPED.get(page.characters[at]!);
  if (!mark) return;
  const cost = MARK_COSTS[mark.mark] ?? RARE_MARK_COST;
  // A byline holds names, and at most a 、 between them.
  if (mark.mark !== "、" && page.bylines.some(({ open, close }) => at > open && at < close)) return;
  switch (mark.role) {
    case "clause":
      yield { end: at + 1, cost: cost + borderCost(page, at, mark), marks: [mark] };
      return;
    case "open":
    case "close":
      if (hasPartner(page, at, mark)) {
        yield { end: at + 1, cost: cost + pairCost(page, at, mark), marks: [mark] };
      }
      return;
    case "double":
      if (page.characters[at + 1] === page.characters[at]) yield { end: at + 2, cost, marks: [mark, mark] };
      else if (joinsNumbers(page, at)) yield { end: at + 1, cost, marks: [mark] };
      return;
    case "middle":
      if (isWordlike(page.characters[at - 1]) && isWordlike(page.characters[at + 1]) && !isItself(page, at)) {
        yield { end: at + 1, cost, marks: [mark] };
      }
      return;
    case "digit":
    case "numeric":
      yield* numbersAt(page, at, mark);
  }
}

/** A run of digits, where a number could be printed; a mark between digits, or a ％ behind one. */
function* numbersAt(page: CompactText, at: number, mark: Mark): Generator<MarkEdge> {
  const { characters } = page;
  if (isItself(page, at)) return;
  if (mark.role === "numeric") {
    const before = characters[at - 1];
    const fits =
      mark.mark === "％"
        ? isDigitlike(before)
        : isDigitlike(characters[at + 1]) && (isDigitlike(before) || /[℃%％]/.test(before ?? ""));
    if (fits) yield { end: at + 1, cost: NEXT_DIGIT_COST, marks: [mark] };
    return;
  }
  const goesOn = isDigitlike(characters[at - 1]) || /[.第A-Za-z]/.test(characters[at - 1] ?? "");
  const marks: Mark[] = [];
  for (let end = at; MISMAPPED.get(characters[end] ?? "")?.role === "digit"; ) {
    marks.push(MISMAPPED.get(characters[end]!)!);
    end++;
    const size = marks.length + (goesOn ? 1 : 0);
    const cost =
      (goesOn ? 0 : NUMBER_COST) + NEXT_DIGIT_COST * marks.length + numberEndCost(characters[end], size);
    yield { end, cost, marks: [...marks] };
  }
}

/** 5—8, 8日—10日: a single dash. */
function joinsNumbers(page: CompactText, at: number): boolean {
  const before = page.characters[at - 1];
  return isDigitlike(page.characters[at + 1]) && (isDigitlike(before) || /[年月日时]/.test(before ?? ""));
}

function isDigitlike(character: string | undefined): boolean {
  if (character === undefined) return false;
  const role = MISMAPPED.get(character)?.role;
  return role === "digit" || role === "numeric" || /[0-9]/.test(character);
}

/** A lone digit is read as one before a unit only; a longer number may stand anywhere. */
function numberEndCost(next: string | undefined, digits: number): number {
  if (next !== undefined && AFTER_NUMBER.test(next)) return digits > 1 ? 0 : 2;
  if (next !== undefined && (isDigitlike(next) || /[A-Za-z]/.test(next))) return 0;
  return digits > 1 ? 1.5 : 6;
}

function isWordlike(character: string | undefined): boolean {
  return character !== undefined && /[\p{Script=Han}A-Za-z]/u.test(character);
}

/** What the neighbours say about a clause mark between them. */
function borderCost(page: CompactText, at: number, mark: Mark): number {
  const before = page.characters[at - 1];
  const after = page.characters[at + 1];
  if (before === undefined) return IMPOSSIBLE;
  const opensLine = page.endsLine[at - 1] ? 1 : 0;
  const weight = mark.mark === "、" ? 0.7 : 1;
  const left = neighbourCost(before, (real) => follows(real, mark), -weight * clauseEndOdds(before));
  const right =
    after === undefined
      ? 0
      : neighbourCost(after, (real) => follows(mark, real), -weight * clauseStartOdds(after));
  const genuine = isItself(page, at) ? GENUINE_COST : followsTitle(page, at) ? TITLE_COST : 0;
  const speech = mark.mark === "：" && (after === "“" || after === "野") ? SPEECH_BONUS : 0;
  return left + right + opensLine + genuine - speech - (page.spaced[at] ? SPACE_BONUS : 0);
}

/** 袁 behind 代表 or 教授 is a family name, unless a clause begins there: 告诉记者，今年…… */
function followsTitle(page: CompactText, at: number): boolean {
  if (page.characters[at] !== "袁" || clauseStartOdds(page.characters[at + 1] ?? "") > 0) return false;
  return BEFORE_PERSON.test(page.joined.slice(Math.max(0, at - 4), at));
}

function isItself(page: CompactText, at: number): boolean {
  const before = page.joined.slice(Math.max(0, at - 4), at);
  const after = page.joined.slice(at + 1, at + 5);
  switch (page.characters[at]) {
    case "袁":
      return AFTER_PERSON.test(after);
    case "院":
      return (
        /[小大后前深新老旧全本该我贵两各入出住进中高学职]$/u.test(before) ||
        /^[方区内里外子门墙]/u.test(after)
      );
    case "遥":
      return /号$/u.test(before) && /^[一二三四五六七八九十]/u.test(after);
    case "窑":
      return /[瓷砖官炭煤瓦古老]$/u.test(before) || /^[炉场口址洞工厂系变]/u.test(after);
    case "圆":
      return /[月团]$/u.test(before) && !isDigitlike(after[0]) && !/^[日号]/u.test(after);
    case "曰":
      return /[子诗又言云古问答对人王公帝师]$/u.test(before);
    default:
      return false;
  }
}

/** Marks beside a bracket or quotation mark; its words say little. */
function pairCost(page: CompactText, at: number, mark: Mark): number {
  const before = page.characters[at - 1];
  const after = page.characters[at + 1];
  const byline = page.bylines.some(({ open, close }) => at === open || at === close) ? -BYLINE_BONUS / 2 : 0;
  const left = before === undefined ? 0 : neighbourCost(before, (real) => follows(real, mark), 0);
  const right = after === undefined ? 0 : neighbourCost(after, (real) => follows(mark, real), 0);
  return left + right + byline;
}

/** A neighbour that is, or may be, a mark is judged as one; any other costs what it costs as a character. */
function neighbourCost(character: string, fits: (mark: Mark) => boolean, asCharacter: number): number {
  const real = describe(character);
  if (real) return fits(real) ? 0 : IMPOSSIBLE;
  const possible = MISMAPPED.get(character);
  return possible && fits(possible) ? Math.min(0.3, asCharacter) : asCharacter;
}

/** Whether `second` may stand directly behind `first`. */
function follows(first: Mark, second: Mark): boolean {
  if (first.role === "open") return second.role === "open" || second.role === "digit";
  if (second.role === "open") return true;
  if (second.role === "close") return first.role !== "clause" || "。！？，".includes(first.mark);
  if (second.role === "clause") return first.role !== "clause";
  return second.role !== "middle";
}

/** Whether the other half stands near, real or mis-mapped; 〔 〕 enclose numbers only, so common are 也 and 页. */
function hasPartner(page: CompactText, at: number, mark: Mark): boolean {
  const step = mark.role === "open" ? 1 : -1;
  for (let index = at + step, chars = 0; chars < maxPairChars(mark); index += step, chars++) {
    const character = page.characters[index];
    if (character === undefined) return false;
    const found = describe(character)?.mark ?? MISMAPPED.get(character)?.mark;
    if (found === mark.partner)
      return chars > 0 && ("〔〕".includes(mark.mark) ? isYear(page, at, index) : true);
  }
  return false;
}

function maxPairChars(mark: Mark): number {
  return "“”‘’".includes(mark.mark) ? MAX_QUOTE_CHARS : MAX_BRACKET_CHARS;
}

function isYear(page: CompactText, a: number, b: number): boolean {
  const between = page.characters.slice(Math.min(a, b) + 1, Math.max(a, b));
  return between.length <= 4 && between.every((c) => /[0-9]/.test(c) || MISMAPPED.get(c)?.role === "digit");
}

/** Takes back every half of a pair whose other half was not read as a mark. */
function keepPaired(characters: readonly string[], readings: readonly MarkReading[]): MarkReading[] {
  const read = new Map(readings.map(({ at, mark }) => [at, mark]));
  const open: { at: number; mark: Mark }[] = [];
  const unpaired = new Set<number>();
  characters.forEach((character, at) => {
    const mark = read.get(at) ?? describe(character);
    if (mark?.role === "open") open.push({ at, mark });
    if (mark?.role !== "close") return;
    const index = open.findLastIndex(
      (half) => half.mark.partner === mark.mark && at - half.at <= maxPairChars(mark) + 1,
    );
    if (index < 0) unpaired.add(at);
    else open.splice(index, 1);
  });
  for (const { at } of open) unpaired.add(at);
  return readings.filter(({ at }) => !unpaired.has(at));
}
