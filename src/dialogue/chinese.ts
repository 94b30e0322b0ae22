import { type TaggedWord, tagWords } from "../analysis/words.ts";
import type { Lack, Reading } from "./reading.ts";

/** Links a question to what was said before, and says nothing of its own. */
const LINK =
  /^(?:那么|那末|然后|还有|另外|请问|好的?|嗯|哦|噢|以及|而且|所以|对了|再问(?:一下)?|顺便问(?:一下)?|我?想知道|你?知道|(?:请|能不能|可以)?告诉我)[，,\s]*/u;
/** It may only link, too: 那2024年呢, 那作者是谁. Before a measure word, 是 or 有 it points. */
const LINKING = /^那$/u;
/** 这间公司, 那三座桥; not 那曲 and 那不勒斯, which are places. */
const DEMONSTRATIVE =
  /^[这那该此][一两三几些]?(?:[家个座位条次场所种些件间篇名款届处支队部台辆张本项起番套份段批回])?$/u;
const PRONOUN = /^(?:[他她它]们?(?:的)?|其|其中|前者|后者|两者|二者|上述|当地|当时|文中|对方|同年)$/u;
const KIN = /^[爸妈父母爹娘哥姐弟妹儿女夫妻家]$/u;

const ASKS =
  /^(?:什么(?:样|人)?|啥|谁|哪.*|多少|第?几.*|怎.*|为什么|为啥|为何|何以|如何|何[时地处人年]|多[长大高久远深重宽快厚]|是否|是不是|有没有|能不能|干什么)$/u;
/** What asks together with the noun behind it: 什么时候, 多少人, 哪个公司. */
const ASKS_WITH_NOUN = /^(?:什么(?:样)?|啥|哪(?!里|儿).*|多少|第?几.*)$/u;
/** Asked for without naming anything. */
const GENERAL = /^(?:时候|时间|地方|名字|方面|东西|情况|地点|样子|意思|事情)$/u;

/** Parts of speech, in the notation of `TaggedWord`. */
const NAME = /^(?:nr|ns|nt|nz)/u;
const NOUN = /^[nljsib]/u;
const TIME = /^[mtq]/u;
const VERB = /^[va]/u;
/** Verbs that say nothing without their object. */
const LIGHT =
  /^(?:是|有|在|到|要|会|能|可以|可|做|叫|应该|应|得|让|用|说|请|来|去|算|成|为|开始|结束|举行|举办|进行|参加|发生)$/u;
const PARTICLE =
  /^(?:呢|吗|啊|呀|吧|的|了|过|着|都|还|又|也|就|才|共|一共|总共|分别|具体|目前|现在|由|和|与|及)$/u;
/** Speaks to us, and of nothing before: 你是谁. */
const SPEAKERS = /^(?:你们?|您|我们?|咱们?)$/u;
/** So many words of its own may say all that a question means, though others point: 那次装配钳工大赛是哪年办的. */
export const TOLD_WORDS = 3;
/** Longer than what a question names that leaves its owner out: 服务热线, 工会主席. */
const MAX_BARE_CHARS = 4;
/** Ends of words for what belongs to something: 负责人, 总经理, 票价, 面积. */
const OWNED =
  /(?:[人长员师手者商方社额量率价费金款票数度址点期部龄名]|经理|主席|书记|主任|老板|[冠亚季]军|面积|人口|时间|电话|热线|网站|工资|收入|利润|成本|预算|结果|后果|原因|目的|意义|主题|内容|特点|产品|口号)$/u;
const MAX_OWNED_CHARS = 4;

type Role = "asks" | "asked" | "points" | "pointed" | "name" | "noun" | "time" | "verb" | "function";
interface RoledWord {
  readonly word: string;
  readonly role: Role;
  /** Whether it may be a part of what a thing is called. */
  readonly isThing: boolean;
}

/** Reads a question with Han characters, folded for search. */
export function readChinese(question: string): Reading {
  const trimmed = question.replace(/[\s?？!！。.]+$/u, "");
  const tagged = tagWords(withoutLinks(trimmed).replace(/[呢啊呀吧]$/u, ""));
  const isLinked = LINKING.test(tagged[0]?.word ?? "") && !pointsHere(tagged, 0);
  const words = giveRoles(isLinked ? tagged.slice(1) : tagged);
  const rest = join(words.filter(({ role }) => role !== "points")).replace(/^的/u, "");
  return {
    lack: lackOf(words, isLinked || /呢$/u.test(trimmed)),
    rest,
    subject: join(
      words.filter(({ role }) => role !== "points" && role !== "asks" && role !== "asked"),
    ).replace(/^[是的]|是$/u, ""),
    things: thingsIn(words),
    words: tellingWords(words),
  };
}

function lackOf(words: readonly RoledWord[], isLinked: boolean): Lack {
  const isClosed = words.at(-1)?.word === "吗";
  const of = (...roles: readonly Role[]) => words.filter(({ role }) => roles.includes(role));
  if (of("points").length > 0) return tellingWords(words).length >= TOLD_WORDS ? "bare" : "pointing";
  if (isLinked && !isClosed && of("asks").length === 0 && of("noun", "name", "time", "verb").length > 0)
    return "naming";
  if (of("name").length > 0 || words.some(({ word }) => /[《“「『"]/u.test(word))) return "complete";
  const [nouns, verbs] = [of("noun"), of("verb")];
  if (nouns.length === 0) {
    if (verbs.length > 0) return "bare";
    if (of("time").some(({ word }) => /[0-9年月日]/u.test(word))) return "naming";
    return of("asks").length > 0 || (of("time").length > 0 && isClosed) ? "asking" : "complete";
  }
  const length = join(nouns).length;
  if (verbs.length === 0 && length <= MAX_OWNED_CHARS && nouns.length === 1 && OWNED.test(nouns[0]!.word))
    return "unsaid";
  return length <= MAX_BARE_CHARS && verbs.length <= 1 ? "bare" : "complete";
}

function withoutLinks(question: string): string {
  const shorter = question.replace(LINK, "");
  return shorter === question || shorter === "" ? question : withoutLinks(shorter);
}

function giveRoles(tagged: readonly TaggedWord[]): RoledWord[] {
  const words: RoledWord[] = [];
  for (const [i, { word, tag }] of tagged.entries())
    words.push({ word, role: roleAt(tagged, i, words), isThing: NOUN.test(tag) || tag === "vn" });
  return words;
}

function roleAt(tagged: readonly TaggedWord[], i: number, before: readonly RoledWord[]): Role {
  const { word, tag } = tagged[i]!;
  const last = before.at(-1);
  const isMeasure = tag.startsWith("q");
  if (last?.role === "asks" && ASKS_WITH_NOUN.test(last.word) && isMeasure) return "asks";
  const asksWithNoun =
    last?.role === "asks" && (ASKS_WITH_NOUN.test(last.word) || tagged[i - 1]!.tag.startsWith("q"));
  if (asksWithNoun && NOUN.test(tag) && !NAME.test(tag))
    return GENERAL.test(word) || word.length === 1 ? "asks" : "asked";
  if (ASKS.test(word) || (word === "多" && /^a/u.test(tagged[i + 1]?.tag ?? ""))) return "asks";
  if (last?.word === "多" && last.role === "asks" && tag.startsWith("a")) return "asks";
  if (pointsHere(tagged, i)) return isMeantHere(word, before) ? "function" : "points";
  if (last?.role === "points" && (isMeasure || DEMONSTRATIVE.test(last.word + word))) return "points";
  if (last?.role === "points" && DEMONSTRATIVE.test(last.word) && NOUN.test(tag) && !NAME.test(tag))
    return "pointed";
  if (PARTICLE.test(word) || /^[\s\p{P}]+$/u.test(word)) return "function";
  if (NAME.test(tag) || SPEAKERS.test(word)) return "name";
  if (/^[一二三四五六七八九十]$/u.test(word)) return "noun";
  if (TIME.test(tag) || /^[0-9]/u.test(word) || (last?.role === "time" && /^[年月日号]$/u.test(word)))
    return "time";
  if (LIGHT.test(word)) return "function";
  if (VERB.test(tag)) return "verb";
  return NOUN.test(tag) || /[\p{Script=Latin}\p{N}]/u.test(word) ? "noun" : "function";
}

/** Whether a word points at what was spoken of: not the 它 of 它山堰, the 该 of 该不该 or a 那 that links. */
function pointsHere(tagged: readonly TaggedWord[], i: number): boolean {
  const { word, tag } = tagged[i]!;
  const next = tagged[i + 1];
  if (LINKING.test(word))
    return (
      next !== undefined &&
      (next.tag.startsWith("q") || /^[是有在]$/u.test(next.word) || DEMONSTRATIVE.test(word + next.word))
    );
  if (/^[该此]$/u.test(word)) return next !== undefined && NOUN.test(next.tag);
  if (/^[这那该此]/u.test(word))
    return (tag.startsWith("r") && !/么$/u.test(word)) || DEMONSTRATIVE.test(word);
  if (!PRONOUN.test(word)) return false;
  if (/^[他她它]$/u.test(word) && next?.word.length === 1) return !NOUN.test(next.tag) || KIN.test(next.word);
  // 其美多吉 is a name.
  return word !== "其" || !NAME.test(next?.tag ?? "");
}

/** Whether the question itself says before the word what it means: 吕德明和他的徒弟, 徐州那次演练, 印发的那份通知. */
function isMeantHere(word: string, before: readonly RoledWord[]): boolean {
  const last = before.at(-1);
  const asks = before.some(({ role }) => role === "asks");
  if (/^[他她它其]/u.test(word))
    return before.some(({ role, word: name }) => role === "name" || (role === "noun" && name.length > 1));
  if (
    last !== undefined &&
    (last.isThing || /^[》”」』]$/u.test(last.word) || last.role === "name" || last.role === "time")
  )
    return last.role !== "asks";
  return !asks && (last?.word === "的" || before.some(({ role }) => role === "name"));
}

/** Runs of nouns, and of numbers. */
function thingsIn(words: readonly RoledWord[]): string[] {
  const found: string[] = [];
  let running: "thing" | "time" | undefined;
  for (const { word, role, isThing } of words) {
    const isNamed = role === "name" || role === "noun" || role === "pointed" || (role === "verb" && isThing);
    const kind = isNamed ? "thing" : role === "time" ? "time" : undefined;
    if (kind !== undefined && kind === running) found[found.length - 1] += word;
    else if (kind !== undefined) found.push(word);
    running = kind;
  }
  return found;
}

/** Single characters stand in any text: they count only where there is nothing else. */
function tellingWords(words: readonly RoledWord[]): string[] {
  const telling = words.filter(
    ({ word, role }) =>
      ["name", "noun", "verb", "asked"].includes(role) ||
      (role === "time" && /[0-9]{4}|^\p{Script=Han}*[节季夏春秋冬旬]/u.test(word)),
  );
  const long = telling.filter(({ word }) => word.length > 1);
  return (long.length > 0 ? long : telling).map(({ word }) => word);
}

function join(words: readonly RoledWord[]): string {
  return words
    .map(({ word }) => word)
    .join("")
    .trim();
}
