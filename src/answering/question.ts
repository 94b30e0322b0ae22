import { foldForSearch } from "../analysis/fold.ts";
import { parseNumber } from "./numerals.ts";
import { quantityTest } from "./quantity.ts";

/** What a question asks for, as far as its words say. Several may hold at once. */
export interface QuestionAspects {
  readonly number: boolean;
  /** A number that is a share of something. */
  readonly percentage: boolean;
  /** A number that says how much or how many, and no date or ordinal. */
  readonly amount: boolean;
  /** Whether a text holds the kind of quantity that is asked for; undefined where none with a known unit is. */
  readonly quantity: ((text: string) => boolean) | undefined;
  readonly time: boolean;
  readonly reason: boolean;
  /** What somebody said. */
  readonly said: boolean;
  readonly list: boolean;
  /** Several things, in so many words: 哪些, "which rivers". 什么措施 may be a single one. */
  readonly several: boolean;
  /** Whether a list may answer it, though it does not plainly ask for one: "What does the shop sell?" */
  readonly open: boolean;
  /** How many things are asked for: 8 in "八条硬措施是哪八条？"; undefined where it does not say. */
  readonly count: number | undefined;
  /** Who wrote an article, or what it is called: answered from these fields, not from the text. */
  readonly field: "authors" | "title" | undefined;
}

/** `\b` knows ASCII only, and so no border beside "écrit", "qué" or "сколько". */
const WORD_BORDER = ["(?<!L)(?=L)", "(?<=L)(?!L)"]
  .join("|")
  .replaceAll("L", "[\\p{Script=Latin}\\p{Script=Cyrillic}]");

function withBorders<Name extends string>(patterns: Readonly<Record<Name, RegExp>>): Record<Name, RegExp> {
  const entries = Object.entries<RegExp>(patterns).map(([name, { source, flags }]) => [
    name,
    new RegExp(source.replaceAll("\\b", `(?:${WORD_BORDER})`), flags),
  ]);
  return Object.fromEntries(entries) as Record<Name, RegExp>;
}

/**
 * Question words by what they ask for, in Chinese, English and languages that the model knows less well. They meet
 * folded text, so Traditional characters (those of Japanese words, too) stand here in their Simplified form.
 */
const PATTERNS = withBorders({
  number:
    /(?:人数|人次|数量|销量|产量|营收|收入|票房|价格?|金额|总额|增速|率|gdp)(?:分别)?[是为有]?[？?]?$|多少|(?<!哪)第?几[个名条项次场种位家座部届分成倍]|比例|占比|\bhow (?:many|much|old|long|far|tall|large|big|high)\b|\bwhat (?:share|percent|percentage|number|amount)\b|\bwhat (?:is|was) the [^?]*(?:capacity|revenue|turnover|income|score)\b|\bwhat score\b|\bwie ?viele?\b|\bwie hoch\b|\bcombien\b|\bcu[aá]nt[oa]s?\b|сколько|いくつ|いくら|(?<!如)何[人个件回本]|몇|얼마/u,
  amount: /(?<!第)多少(?!年|月|日|号|届|岁)|\bhow (?:many|much)\b|\b(?:capacity|revenue|turnover|income)\b/u,
  percentage:
    /比例|占比|百分|率是多少|\bwhat (?:share|percent|percentage|proportion)\b|\bprozent|\banteil\b|\bpourcentage\b|\bporcentaje\b|процент|割合|비율/u,
  time: /(?:时间|日期)(?:分别)?[是为]?[？?]?$|什么时候|何时|[哪几]一?[年月日天号点]|日期|多久|\bwhen\b|\bwhat (?:year|date|day|month|time)\b|\bwann\b|\bquand\b|\bcu[aá]ndo\b|когда|いつ|何[年月日]|언제/u,
  reason: /为什么|为何|原因|\bwhy\b|\bwarum\b|\bpourquoi\b|\bpor qu[eé]\b|почему|なぜ|どうして|왜/u,
  said: /说|表示|认为|指出|透露|据.{1,12}介绍|\bsa(?:y|ys|id)\b|\btold\b|\baccording\b/u,
  list: /哪些|哪几|依次|列出|列举|列一下|[有到](?:什么|啥)(?!时|地方|程度)|要?注意(?:什么|些)|包[括含](?:什么|啥)|什么(?:措施|举措|要求|规定|规矩|条件|内容|步骤|项目|问题|困难|建议|承诺|任务|目标|办法|做法|活动|东西|变化|服务|特点|优惠)|(?:措施|举措|要求|规定|规矩|条件|内容|步骤|流程|问题|困难|建议|承诺|任务|目标|办法|做法|变化|经验|原则|原因|特点)(?:分别)?(?:是|有|为)?(?:什么|啥|怎样的)|[“"][一二三四五六七八九十两][^”"]{1,6}[”"]|\b(?:what|which) (?:\p{L}+[ -]){0,3}?(?!(?:is|was|does|has|this|its|his|as|happens|process|business|address|basis|status|news|causes|makes|means|gives|takes)\b)\p{L}+(?:[^siu\W]|ie)s\b|\b(?:what|which|who) (?:people|children|men|women|kinds|sorts|types|were|are)\b|\bin order\b|\bwhat are\b|\blist\b|\benumerate\b|\bname (?:the|all)\b|\bwhich are\b|\bwelche\b|\bquel(?:le)?s\b|\bcu[aá]les\b|\bкакие\b|\bкаковы\b|перечисли|一[览覧]|어떤 \S+들|나열/u,
  several: /哪些|哪几|哪[两三]|依次|列出|列举|分别|都有/u,
  /** Asks for as many as there are of what it names: things, or numbers. */
  each: /分别/u,
  /** Asks for one person. */
  person: /是谁|叫什么名字|\bwho (?:is|was)\b/u,
  /** Asks for one item of a list. */
  single:
    /谁.*谁|哪[个位]|哪一|\b(?:which|what) \p{L}*[^s\W] (?:is|was|has|does|starts)\b|第[一二三四五六七八九十0-9]+[条项个点步](?!.*(?:哪些|分别))|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last) (?:rule|measure|step|point|reason|goal|principle|item|stage|phase|problem|question|recommendation)\b/u,
  /** Asks whether something is so. */
  closed:
    /吗[？?]?$|是否|是不是|有没有|能不能|(?:^|[,;:.] )(?:is|are|was|were|does|do|did|has|have|can|could|will|would|should)\b(?!.*\b(?:what|which|who|where|how|why|when)\b)/u,
  article:
    /文章|报道|新闻|稿|[这那]篇|一文|通讯|\barticles?\b|\breport\b|\bstory\b|\bpiece\b|\bartikels?\b|\bberichts?\b|\bart[ií]culo\b|\breportage\b|стать[яиюе]|记事|기사/u,
  authors:
    /作者|谁写|署名|撰稿|撰写|执笔|(?:记者|通讯员)(?:是谁|叫|的?名)|(?:哪[位名个]|谁是)[^，。？]{0,12}(?:记者|通讯员)|\bauthors?\b|\bwho (?:wrote|reported)\b|\bwritten by\b|\bbyline\b|\breporter\b|\bautor(?:in|en|es)?\b|\bverfasser\b|\bgeschrieben\b|\bauteurs?\b|\bécrit\b|\bescribi[oó]\b|автор|написал|着者|著者|笔者|书いた|저자|기자|작성자|썼/u,
  /** Says nothing of which article is meant. */
  pointing: /[这那本该此一篇个]|谁|[是了的呢啊]|\b(?:who|what|is|was|the|this|that|it|of)\b/u,
  headline: /标题|题为|\bheadlines?\b|\büberschrift\b|\btitular\b|заголов|见出し/u,
  /** Also of books, tests and champions: asks for a headline only together with a word for an article. */
  title: /题目|\btitled?\b|\btitel\b|\btitre\b|\bt[ií]tulo\b|タイトル|제목/u,
  /** Beside a number of things, asks for these. */
  what: /(?<!为)什么|哪|何(?=です|で|が|を|か)|\bwhat\b|\bwhich\b|\bwas sind\b|\bwelche\b|\bquel(?:le)?s\b|\bcu[aá]les\b|\bкаковы\b|\bкакие\b|무엇|어떤/u,
  /** Asks for something other than the things that are counted. */
  other:
    /谁|如何|哪[里儿]|何处|何[时人]|多[少久]|怎|为什么|为何|吗|是否|有没有|\b(?:who|whom|whose|where|when|why|how|does|did|is|was|wer|wo|wann|warum|wie|qui|où|quand|quién|dónde|cuándo)\b|кто|где|когда|почему|誰|どこ|누가|어디/u,
  /** "eight" alone may count whoever acts ("What did the three men buy?"); these count what is asked for. */
  itemized:
    /[0-9一二两三四五六七八九十]\s*(?:[大个条项点种类步招措つ件]|方面|举措)|가지|\b(?:what|which|all)\b (?:the |of the )?(?:[0-9]{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b/u,
  /** A numeral before a counted noun: 八条, 六个方面, 六措, 八つ, "the 8 measures", "eight hard measures", "acht". */
  counted:
    /(?<![第0-9一二两三四五六七八九十])([0-9]+|[一二两三四五六七八九十]+)\s*(?:(?<!二十|十[五六七八九])大|(?<![午晚晨][0-9一二三四五六七八九十]{1,2})点|个(?!月|小时|工作日)|[条项种类步招措道关句块档样处つ件]|方面|举措|가지)|\b(?:the|these|all|which|what|die|welche|les|quel(?:le)?s|l[ao]s)\b ([0-9]{1,2}) (?=\p{L})|(?<!\b(?:first|last|top|next|past) )\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|deux|trois|quatre|cinq|sept|huit|neuf|dix|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять)\b|(두|세|네|다섯|여섯|일곱|여덟|아홉|열) 가지/u,
});

/** The same, to be looked for everywhere in a text. */
const EVERYWHERE = Object.fromEntries(
  Object.entries(PATTERNS).map(([name, pattern]) => [name, new RegExp(pattern, "gu")]),
) as typeof PATTERNS;

/** Reads what a question asks for from its words. */
export function readAspects(question: string): QuestionAspects {
  const text = foldForSearch(question);
  const asks = (name: keyof typeof PATTERNS) => PATTERNS[name].test(text);
  // Of "八大举措", "哪几项" asks for some.
  const count = /哪几/u.test(text) ? undefined : largestCount(text);
  const isList =
    !asks("single") &&
    (asks("list") ||
      (asks("each") && !asks("number") && !asks("time")) ||
      (count !== undefined && asks("itemized") && (asks("what") || !asks("other"))));
  return {
    number: asks("number") || asks("percentage"),
    percentage: asks("percentage"),
    amount: asks("amount"),
    quantity: quantityTest(text),
    time: asks("time") && !asks("reason"),
    reason: asks("reason"),
    said: asks("said"),
    list: isList,
    several: asks("several") || (isList && !/\p{Script=Han}/u.test(text)),
    open:
      !(asks("person") && count === undefined) &&
      !asks("single") &&
      !asks("closed") &&
      !asks("number") &&
      !asks("percentage") &&
      !asks("time"),
    count,
    field:
      asks("authors") && asks("article")
        ? "authors"
        : asks("headline") || (asks("title") && asks("article"))
          ? "title"
          : undefined,
  };
}

/**
 * The question without the words that ask for an author or title, so that only its subject is searched; empty where
 * nothing else is left ("谁写了这篇文章？").
 */
export function subjectOf(question: string): string {
  const subject = without(question, ["authors", "headline", "title", "article"]);
  return hasWords(subject.replace(EVERYWHERE.pointing, "")) ? subject : "";
}

/** What a list is asked for of: "hard measures" in "What are the eight hard measures?", nothing in "哪八条？". */
export function listedSubjectOf(question: string): string {
  return without(question, ["counted", "list", "what", "article"]);
}

/** The folded question, less what matches one of the patterns; empty where no word is left. */
function without(question: string, names: readonly (keyof typeof PATTERNS)[]): string {
  const text = foldForSearch(question);
  const rest = names.reduce((left, name) => left.replace(EVERYWHERE[name], " "), text);
  return hasWords(rest) ? rest.trim() : "";
}

function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

function largestCount(text: string): number | undefined {
  const counts = [...text.matchAll(EVERYWHERE.counted)].map((match) =>
    parseNumber(match.slice(1).find((numeral) => numeral !== undefined) ?? ""),
  );
  const known = counts.filter((count) => count !== undefined && count > 1);
  return known.length === 0 ? undefined : Math.max(...(known as number[]));
}
