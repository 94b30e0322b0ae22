import type { CompactText } from "./compact-text.ts";
import { DISGUISES, describe, type Mark, MISMAPPED } from "./mismapped-marks.ts";

/** A character of a text read as a mark. */
export interface MarkReading {
  readonly at: number;
  readonly mark: Mark;
}

/** Neighbouring characters that may be marks together, and what speaks against it, in nats. */
export interface MarkEdge {
  readonly marks: readonly MarkReading[];
  readonly cost: number;
}

/** What a way costs that no text takes. */
export const IMPOSSIBLE = 8;
/** A quotation may run on for sentences. */
export const MAX_PAIR_CHARS = 250;

/** -ln of a mark's share in news text; rare marks are capped, for where they do occur they are no surprise. */
const MARK_COSTS: Readonly<Record<string, number>> = {
  "，": 3.2,
  "。": 4.1,
  "、": 4.6,
  "：": 5.4,
  // 也 and 页 are too common to be these.
  "〔": 9,
  "〕": 9,
};
const RARE_MARK_COST = 4.5;
const NUMBER_COST = 5;
const NEXT_DIGIT_COST = 1.2;

/** What a number made of mis-mapped digits is followed by, other than a mark or Latin. */
const AFTER_NUMBER =
  /[年月日时分点个名人位次项场期届度岁万亿千百十元米里公吨亩家户件处例台套辆座条层号级类种天℃%]/u;

/** A bracketed name or three at the end of a line is a byline wherever it stands. */
const BYLINE = /渊([\p{Script=Han}、，]{2,18})冤/gu;

/** Surroundings that the dictionary does not know, in which the character is itself. */
const ITSELF = new RegExp(
  [
    "(?<=[小大后前深新老旧全本该我贵两各入出住进中高学职])院|院(?=[方区内里外子门墙])",
    "(?<=[瓷砖官炭煤瓦古老])窑|窑(?=[炉场口址洞工厂系变])",
    "(?<=[月团])圆(?![日号\\d园员圆猿源缘远苑愿怨])",
    "(?<=[子诗又言云古问答对人王公帝师])曰",
    "(?<=代表|书记|主任|经理|[院校市县局队]长|教授|老师|研究员|工程师|学生)袁|袁(?=某)",
  ].join("|"),
  "gu",
);

/** The marks that may have been printed at a place of this text. */
export function markReader(page: CompactText): (at: number) => MarkEdge[] {
  const { text } = page;
  const genuine = new Set([...text.matchAll(ITSELF)].map(({ index }) => index));
  const bylines = readBylines(page);
  return (at) => {
    const mark = MISMAPPED.get(text[at]!);
    if (!mark) return [];
    const single = (cost: number) => [{ marks: [{ at, mark }], cost }];
    const place = bylines.get(at);
    if (place === "bracket") return single(0);
    if (place === "name" && mark.mark !== "、") return [];
    const cost = MARK_COSTS[mark.mark] ?? RARE_MARK_COST;
    switch (mark.role) {
      case "clause":
        return fitsBetween(text, at, mark) && !genuine.has(at) ? single(cost) : [];
      case "open":
      case "close":
        return hasPartner(text, at, mark) ? single(cost) : [];
      case "double":
        return text[at + 1] === text[at]
          ? [
              {
                marks: [
                  { at, mark },
                  { at: at + 1, mark },
                ],
                cost,
              },
            ]
          : [];
      case "middle":
        return !genuine.has(at) && /^\p{L}.\p{L}/u.test(text.slice(at - 1, at + 2)) ? single(cost) : [];
      case "numeric":
        return joinsDigits(text, at, mark) ? single(NEXT_DIGIT_COST) : [];
      case "digit":
        return genuine.has(at) ? [] : numbersAt(text, at);
    }
  };
}

/** Which places are the brackets of a byline, and which the names in it. */
function readBylines({ text, lineEnds }: CompactText): ReadonlyMap<number, "bracket" | "name"> {
  const places = new Map<number, "bracket" | "name">();
  for (const { index, 0: found } of text.matchAll(BYLINE)) {
    const close = index + found.length - 1;
    if (!lineEnds.has(close)) continue;
    for (let at = index; at <= close; at++) places.set(at, at === index || at === close ? "bracket" : "name");
  }
  return places;
}

/** A mark between digits, or a ％ behind one. */
function joinsDigits(text: string, at: number, { mark }: Mark): boolean {
  const before = text[at - 1] ?? "";
  if (mark === "％") return isDigitlike(before);
  return isDigitlike(text[at + 1]) && (isDigitlike(before) || /[℃%％]/.test(before));
}

/** Runs of digits that begin here. */
function numbersAt(text: string, at: number): MarkEdge[] {
  const goesOn = isDigitlike(text[at - 1]);
  const edges: MarkEdge[] = [];
  const marks: MarkReading[] = [];
  for (let end = at; ; ) {
    const mark = MISMAPPED.get(text[end] ?? "");
    if (mark?.role !== "digit") return edges;
    marks.push({ at: end, mark });
    end++;
    const isLone = marks.length === 1 && !goesOn;
    const cost =
      (goesOn ? 0 : NUMBER_COST) + NEXT_DIGIT_COST * marks.length + numberEndCost(text[end], isLone);
    edges.push({ marks: [...marks], cost });
  }
}

/** A lone digit is read as one before a unit only; a longer number may stand anywhere. */
function numberEndCost(next: string | undefined, isLone: boolean): number {
  if (next !== undefined && AFTER_NUMBER.test(next)) return isLone ? 2 : 0;
  if (isDigitlike(next) || /[A-Za-z]/.test(next ?? "")) return 0;
  return isLone ? 6 : 1.5;
}

function isDigitlike(character: string | undefined): boolean {
  const role = MISMAPPED.get(character ?? "")?.role;
  return role === "digit" || role === "numeric" || /[0-9]/.test(character ?? "");
}

/** Whether a clause mark may stand between its neighbours, where they are marks. */
function fitsBetween(text: string, at: number, mark: Mark): boolean {
  const [before, after] = [describe(text[at - 1] ?? ""), describe(text[at + 1] ?? "")];
  return at > 0 && (!before || canFollow(before, mark)) && (!after || canFollow(mark, after));
}

/** Whether `second` may stand directly behind `first`. */
export function canFollow(first: Mark, second: Mark): boolean {
  if (first.role === "open") return second.role === "open" || second.role === "digit";
  return second.role !== "clause" || first.role !== "clause";
}

/** Whether the other half stands near, real or mis-mapped. */
function hasPartner(text: string, at: number, { role, partner = "" }: Mark): boolean {
  const near =
    role === "open"
      ? text.slice(at + 2, at + MAX_PAIR_CHARS)
      : text.slice(Math.max(0, at - MAX_PAIR_CHARS), Math.max(0, at - 1));
  return near.includes(partner) || near.includes(DISGUISES.get(partner) ?? partner);
}
