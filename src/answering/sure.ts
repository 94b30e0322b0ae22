import { foldForSearch } from "../analysis/fold.ts";
import { shareMainScript } from "../analysis/script.ts";
import { tagWords } from "../analysis/words.ts";
import type { Answer, Answered, Quote } from "../types.ts";
import { lacksNumber, numbersOf } from "./numbers.ts";
import { listedSubjectOf, readAspects } from "./question.ts";
import { lastClause, withoutAnybody } from "./question-to-all.ts";

/**
 * Least confidence of an answer that nobody asked for. bench/fit-auto-answer.ts gives 0.5; it is more, because of the
 * messages that were first answered wrongly, four had less than 0.6.
 */
const MIN_CONFIDENCE = 0.6;

/**
 * Whether an answer may be given to a question that was not asked of us (`questionToAll`): it is confident, and its
 * words bear it out. Confidence alone is as high for what an article names and does not tell ("参加竞赛的有多少人？").
 */
export function isSure(answer: Answer): boolean {
  if (answer.kind === "not-found") return false;
  return answer.confidence >= MIN_CONFIDENCE && bearsOut(answer);
}

/** Whether the question is in another language than the quotes. */
function isAcross({ question, quotes: [first] }: Answered): boolean {
  return KANA.test(question) || !shareMainScript(question, first!.text);
}
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * Whether the words of the quotes meet those of the question: its numbers, the kind of thing it asks for and what it
 * asks about. In another language than the articles' there are no words to compare, and only a list of the number that
 * is asked for bears itself out: of other answers that looked as sure, a third was wrong at first sight.
 */
export function bearsOut(answer: Answered): boolean {
  const question = withoutAnybody(foldForSearch(answer.question));
  const [first] = answer.quotes;
  const quoted = foldForSearch(first!.text);
  if (BEYOND_QUOTES.test(question) || !tellsKind(question, quoted)) return false;
  const said = answer.quotes.map(saidBy).join("\n");
  if (numbersOf(question).some((number) => lacksNumber(said, number))) return false;
  const { count, list } = readAspects(answer.question);
  const isCounted = count !== undefined && count >= MIN_LISTED && list;
  if (/哪[条项个]/u.test(question) && isCounted) return false;
  if (/哪些|哪几|哪[两三]|有谁/u.test(question) && answer.list === undefined && !quoted.includes("、"))
    return false;
  if (answer.list !== undefined && list && count !== undefined && answer.list.declared === count)
    return listedSubjectOf(question).replace(/\P{L}|[是有都的个啊呀呢]/gu, "").length >= MIN_LISTED;
  if (isCounted) return false;
  return !isAcross(answer) && meets(question, first!, said);
}

function saidBy({ text, title }: Quote): string {
  return foldForSearch(`${text}\n${title}`);
}

/** Asks for what quotes seldom tell or only seem to: manner and reasons, and what there is besides. */
const BEYOND_QUOTES =
  /^(?:is|are|was|were|do|does|did|has|have|can|could|will)\b|(?:单位|公司|企业|集团|机构|部门)的?叫(?:什么|啥)|是哪家|怎|如何|为什么|为啥|为何|咋|还有(?!人)|另外|其[他它余]|除了|不算|以外|之外|别的|\bwhy\b|\bhow\b(?! (?:much|many|long|far|often|old|high|tall))|\b(?:else|other|others)\b|\bwarum\b|\bpourquoi\b|\bpor qué\b|почему/u;

/** Whether a quote holds the kind of thing that is asked for. Both texts folded. */
function tellsKind(question: string, quoted: string): boolean {
  const { quantity, number, time } = readAspects(question);
  if (quantity !== undefined && !quantity(quoted)) return false;
  if (number && !NUMBER.test(quoted)) return false;
  if (time && !DATE.test(quoted)) return false;
  if (TOTAL.test(question) && !/共|累计|总/u.test(quoted)) return false;
  if (/几年|多少年/u.test(question) && !/(?<![0-9])[0-9一二三四五六七八九十两]{1,3}多?年/u.test(quoted))
    return false;
  if (NAME.test(question) && quoted.includes("某")) return false;
  if (WHERE.test(question) && !PLACE.test(quoted)) return false;
  const role = ROLE.exec(question)?.[1];
  if (role === undefined && /叫(?:什么|啥)|什么名字|全称|全名/u.test(question) && !/[“"《「『]/u.test(quoted))
    return false;
  if (role !== undefined && !new RegExp(`${role}[${SURNAMES}]`, "u").test(quoted)) return false;
  return (lastClause(question).match(POINTS_AT) ?? []).every((word) => quoted.includes(word));
}

const NUMBER = /[0-9一二三四五六七八九十百千万两]/u;
const DATE = /[0-9一二三四五六七八九十](?:年|月|日|号|点|时|天|小时|分钟)|每[年月日天周季]/u;
const WHERE = /哪[里儿]|什么地方|何[处地]|哪个?(?:区|市|县|省|城市|地方|国家|地区|镇|村|路|街)/u;
const PLACE = /在[^，。；]{2,20}(?:举|召|开|启|建|投|成立)|位于|地处|坐落|走进/u;
/** Somebody by an office, whose name follows it: 工会主席杨明杰. */
const ROLE =
  /(?!作者|记者|第)(\p{Script=Han}{2})的?(?:到底)?(?:是(?:谁|哪位|哪个人)(?!\p{Script=Han}{2})|叫(?:什么|啥)|的?名字|姓)/u;
/** The most frequent ones. */
const SURNAMES =
  "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤焦";
const TOTAL = /一共|总共|全部|总[计数额]/u;
const NAME = /谁|叫什么|叫啥|名字|哪个|哪家|哪位/u;
/** Times and ranks that the quote must name too: who came second is not told by who came first. */
const POINTS_AT = /第[一二三四五六七八九十]+|[今去前明]年|[昨今明]天|[上下]个?月|[上下]周|全年|目前|现在/gu;

/** Letters of words that are met: who asks everyone names what is asked about. Fewer where a title has some. */
const MIN_NAMED = 4;
const MIN_UNTITLED = 6;
/** Letters that say what a list is of, beside its number. */
const MIN_LISTED = 3;
/** Words before and after the question word that say what is asked for: 主持人是谁, 多少汽油. */
const NEAR = 2;

const QUESTION_WORD = /谁|哪|什么|啥|多少|几|^何[时处地]?$|^多[久高长大远深重宽]$/u;
/** Tags of words that join others, point or ask. */
const FUNCTION_TAG = /^(?:[pcdreyoux]|u[a-z]|zg|m?q)$/u;
/** Say nothing of what is asked; the last ones only of an author or a title. */
const EMPTY =
  /^(?:[是有叫做搞办拿得给到用开会能要请问被把让来去为由说个位家名条项次场次届篇套张天年月日号点]|时候|时间|名字|名称|全称|单位|部门|公司|机构|具体|分别|属于|包括|包含|可以|还是|或者|第?[0-9一二三四五六七八九十两]+[条项个家篇次场位名届]?)$/u;
const ARTICLE = /^(?:作者|文章|报道|新闻|消息|稿|稿子|稿件|通讯员|记者|标题|题目|写|署名)$/u;

/** Whether what a folded question asks about and asks for stands in the quotes, word by word. */
function meets(question: string, first: Quote, said: string): boolean {
  const words = tagWords(question).map(({ word, tag }) => ({
    word,
    asks: QUESTION_WORD.test(word),
    tells:
      /[\p{L}\p{N}]/u.test(word) &&
      !FUNCTION_TAG.test(tag) &&
      !EMPTY.test(word) &&
      !(first.field !== "text" && ARTICLE.test(word)),
  }));
  const telling = words.filter(({ asks, tells }) => tells && !asks).map(({ word }) => word);
  const met = telling.filter((word) => isIn(said, word)).join("").length;
  const titled = telling.filter((word) => word.length > 1 && isIn(foldForSearch(first.title), word));
  if (met < (titled.length > 0 ? MIN_NAMED : MIN_UNTITLED)) return false;
  const at = words.findIndex(({ asks }) => asks);
  if (at < 0) return false;
  const toldOf = (part: typeof words) =>
    part.filter(({ asks, tells }) => tells && !asks).map(({ word }) => word);
  const near = [...toldOf(words.slice(0, at)).slice(-NEAR), ...toldOf(words.slice(at + 1)).slice(0, NEAR)];
  const title = foldForSearch(first.title);
  const amount = amountTest(question, near);
  return windowsOf(first).some(
    (window) =>
      near.every((word) => isIn(`${window}\n${title}`, word)) &&
      (amount === undefined || amount.test(window)),
  );
}

/** What a text holds that tells the amount asked for: a number with its unit, or one beside what it counts. */
function amountTest(question: string, near: readonly string[]): RegExp | undefined {
  const match = AMOUNT_ASKED.exec(question);
  if (match === null) return undefined;
  const counted = match[1] ?? "";
  const unit = UNITS.find(([asked]) => asked.test(counted))?.[1] ?? counted.slice(0, 1);
  const noun =
    counted.length > 1 ? counted : (near.findLast((word) => question.indexOf(word) < match.index) ?? counted);
  const literal = noun.replace(/[^\p{L}\p{N}]/gu, ".");
  const ways = [
    ...(unit === "" ? [] : [`${NUMERAL}[0-9.,余多]*[百千万亿]*余?${unit}`]),
    ...(noun === "" ? [] : [`${literal}[^，。；]{0,8}[0-9]`, `[0-9][^，。；]{0,8}${literal}`]),
  ];
  return new RegExp(ways.length === 0 ? "[0-9]" : ways.join("|"), "u");
}
const AMOUNT_ASKED =
  /(?:多少|(?<![哪十好])几|多[高长大远深重宽厚])[万亿千百]*(?![了是的呢啊呀来吗])(\p{Script=Han}{1,2})?/u;
const NUMERAL = "[0-9一二三四五六七八九十百千万两]";
const UNITS: readonly (readonly [asked: RegExp, unit: string])[] = [
  [/^[钱元块]|^奖金/u, "元"],
  [/^(?:人|名|位|个人|员工|职工|选手|工人)/u, "[人名位]"],
  [/^号/u, "[日号]"],
  [/^次|^场/u, "[次场]"],
];

/** Long words may be told in another order or joined with others. */
function isIn(text: string, word: string): boolean {
  if (text.includes(word)) return true;
  const letters = [...word];
  return (
    letters.length > 2 &&
    letters.every((letter, i) => {
      const [before, after] = [letters[i - 1], letters[i + 1]];
      return (
        (before !== undefined && text.includes(before + letter)) ||
        (after !== undefined && text.includes(letter + after))
      );
    })
  );
}

/** Two neighbouring clauses at a time: what belongs together stands together. */
function windowsOf({ text }: Quote): string[] {
  const clauses = foldForSearch(text).split(/[,;，；。]/u);
  return clauses.map((clause, i) => `${clause}\n${clauses[i + 1] ?? ""}`);
}
