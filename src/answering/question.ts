import { foldForSearch } from "../analysis/fold.ts";
import { parseNumber } from "./numerals.ts";

/** What a question asks for, as far as its words say. Several may hold at once. */
export interface QuestionAspects {
  readonly number: boolean;
  readonly time: boolean;
  readonly reason: boolean;
  readonly list: boolean;
  /** How many things are asked for: 8 in "八条硬措施是哪八条？"; undefined where it does not say. */
  readonly count: number | undefined;
  /** Who wrote an article, or what it is called: answered from these fields, not from the text. */
  readonly field: "authors" | "title" | undefined;
}

/**
 * Question words by what they ask for, in Chinese, English and languages that the model knows less well. They meet
 * folded text, so Traditional characters (those of Japanese words, too) stand here in their Simplified form.
 */
const PATTERNS = {
  number:
    /多少|第?几[个名条项次场种位家座部届分成倍]|比例|占比|\bhow (?:many|much|old|long|far|tall|large|big|high)\b|\bwhat (?:share|percent|percentage|number|amount)\b|\bwie ?viele?\b|\bwie hoch\b|\bcombien\b|\bcu[aá]nt[oa]s?\b|сколько|いくつ|いくら|何[人个件回本]|몇|얼마/u,
  time: /什么时候|何时|[哪几]一?[年月日天号点]|日期|多久|\bwhen\b|\bwhat (?:year|date|day|month|time)\b|\bwann\b|\bquand\b|\bcu[aá]ndo\b|когда|いつ|何[年月日]|언제/u,
  reason: /为什么|为何|原因|\bwhy\b|\bwarum\b|\bpourquoi\b|\bpor qu[eé]\b|почему|なぜ|どうして|왜/u,
  list: /哪些|哪几|分别|列出|列举|列一下|\bwhat are\b|\blist\b|\benumerate\b|\bname (?:the|all)\b|\bwhich are\b|\bwelche\b|\bquel(?:le)?s\b|\bcu[aá]les\b|какие|перечисли|一览/u,
  article:
    /文章|报道|新闻稿|稿|[这那]篇|一文|通讯|\barticles?\b|\breport\b|\bstory\b|\bpiece\b|\bartikels?\b|\bberichts?\b|\bart[ií]culo\b|\breportage\b|стать[яиюе]|记事|기사/u,
  authors:
    /作者|谁写|署名|撰稿|撰写|执笔|记者|通讯员|\bauthors?\b|\bwho (?:wrote|reported)\b|\bwritten by\b|\bbyline\b|\breporter\b|\bautor(?:in|en|es)?\b|\bverfasser\b|\bgeschrieben\b|\bauteurs?\b|\bécrit\b|\bescribi[oó]\b|автор|написал|着者|著者|笔者|书いた|저자|기자|작성자|썼/u,
  title:
    /标题|题目|题为|\bheadlines?\b|\btitled?\b|\büberschrift\b|\btitel\b|\btitre\b|\bt[ií]tulo\b|\btitular\b|заголов|见出し|タイトル|제목/u,
} as const;

/** A numeral before a counted noun: 八条, 六个方面, 六措, "eight hard measures", "acht". */
const COUNTED =
  /([0-9]+|[一二两三四五六七八九十]+)\s*(?:[大个条项点种类步招措]|方面|举措)|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|deux|trois|quatre|cinq|sept|huit|neuf|dix|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez)\b/gu;

/** Reads what a question asks for from its words. */
export function readAspects(question: string): QuestionAspects {
  const text = foldForSearch(question);
  const asks = (name: keyof typeof PATTERNS) => PATTERNS[name].test(text);
  const count = largestCount(text);
  const asksWhat = /什么|哪|\bwhat\b|\bwhich\b/u.test(text);
  return {
    number: asks("number"),
    time: asks("time"),
    reason: asks("reason"),
    list: asks("list") || (count !== undefined && asksWhat),
    count,
    field: asks("authors") && asks("article") ? "authors" : asks("title") ? "title" : undefined,
  };
}

/** The question without the words that ask for an author or title, so that only its subject is searched. */
export function subjectOf(question: string): string {
  const text = foldForSearch(question);
  const strip = (rest: string, pattern: RegExp) => rest.replace(new RegExp(pattern.source, "gu"), " ");
  const subject = [PATTERNS.authors, PATTERNS.title, PATTERNS.article].reduce(strip, text).trim();
  return subject === "" ? text : subject;
}

function largestCount(text: string): number | undefined {
  const counts = [...text.matchAll(COUNTED)].map((match) => parseNumber(match[1] ?? match[2] ?? ""));
  const known = counts.filter((count) => count !== undefined && count > 1);
  return known.length === 0 ? undefined : Math.max(...(known as number[]));
}
