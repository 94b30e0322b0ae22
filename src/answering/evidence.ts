import { foldForSearch } from "../analysis/fold.ts";
import { rememberRecent } from "../analysis/remember.ts";
import { shareMainScript } from "../analysis/script.ts";
import { splitClauses, splitSentences } from "../analysis/sentences.ts";
import { extractTerms } from "../analysis/terms.ts";
import { widthOf } from "../chunking/passages.ts";
import { dotRow } from "../index/vectors.ts";
import type { Query } from "../retrieval/query.ts";
import { weightedMean } from "../retrieval/rerank.ts";
import type { RetrievalParts } from "../retrieval/retrieve.ts";
import type { Article, Hit, Span } from "../types.ts";
import { focusWeights } from "./focus.ts";
import { lacksNumber, numbersOf } from "./numbers.ts";
import type { QuestionAspects } from "./question.ts";
import { weigh } from "./weigh.ts";

/** What speaks for a sentence as the answer; where nothing else is said, 0 to 1, or -1 to 1. */
export interface EvidenceFeatures {
  /** Fused score of its passage below that of the best passage, at most 0. */
  readonly passage: number;
  /** Late interaction of the question with the sentence. */
  readonly rerank: number;
  /** The same, counting only what the article's opening or title does not already say. */
  readonly fresh: number;
  /** Share of the question's terms in it, by their idf. */
  readonly coverage: number;
  readonly cosine: number;
  /** 1 where a number was asked for and is there, -1 where it is missing, 0 where none was asked for. */
  readonly number: number;
  /** The same for a number with the unit that was asked for. */
  readonly quantity: number;
  readonly time: number;
  readonly reason: number;
  /** 1 where it was asked what somebody said, and somebody speaks; -1 where nobody does. */
  readonly said: number;
  /** Late interaction of what stands near the question word. */
  readonly focus: number;
  /** 1 in the article of the best passage. */
  readonly bestArticle: number;
  /** ln(1 + characters before it ÷ 100): an article begins with what it is about. */
  readonly position: number;
  /** 1 for a sentence that is a question itself. */
  readonly question: number;
  /** 1 for a heading or signature: a short line without a mark, number or colon. */
  readonly heading: number;
  /** How many of the question's numbers of several digits (years) its passage does not say; a third for one that only the sentence does not. */
  readonly missingNumbers: number;
}

/** What a sentence, or a part of a long one, says by itself; its span is one of the passage's text. */
interface Sentence extends Span {
  readonly text: string;
  readonly folded: string;
  /** Its terms between line feeds. */
  readonly terms: string;
  readonly isQuestion: boolean;
  /** Whether it reads like a heading, if it stands in a line of its own. */
  readonly isHeadline: boolean;
}

/** A sentence of an article. */
interface Place {
  readonly article: Article;
  readonly span: Span;
  readonly hit: Hit;
}

interface Unit extends Place {
  readonly sentence: Sentence;
}

export interface Evidence extends Place {
  readonly features: EvidenceFeatures;
  /** For each token of the question its best cosine in the sentence. */
  readonly matches: Float32Array;
  /** The same in what the sentence's article is called, or opens with. */
  readonly said: Float32Array;
  /** Comparable within one question only: differences are log-odds of holding the answer. */
  readonly score: number;
}

type FeatureWeights = Readonly<Record<keyof EvidenceFeatures, number>>;

/**
 * Conditional logit over the sentences of the first six passages, fitted on the development halves of CMRC2018 and
 * XQuAD and on the tune half of our own questions.
 */
const SAME_SCRIPT: FeatureWeights = {
  passage: 0.78,
  rerank: -3.36,
  fresh: 7.07,
  coverage: 5.07,
  cosine: 1.57,
  number: 1.54,
  quantity: 1.43,
  time: 1.61,
  reason: 0.77,
  said: 1.68,
  focus: 4.05,
  bestArticle: 2.08,
  position: -0.66,
  question: -9,
  heading: -3,
  missingNumbers: -3,
};
const CROSS_SCRIPT: FeatureWeights = {
  passage: 1.49,
  rerank: 4.52,
  fresh: 7.9,
  coverage: 0.77,
  cosine: 6.54,
  number: 1.9,
  quantity: 2.21,
  time: 2.15,
  reason: 0.58,
  said: 0.96,
  focus: 1.71,
  bestArticle: 0.42,
  position: -0.12,
  question: -9,
  heading: -3,
  missingNumbers: -3,
};

/** Passages whose sentences are looked at. */
const PASSAGES = 6;
/** In Han characters, as passages are measured: a sentence wider than this is quoted by its parts between semicolons… */
const LONG_SENTENCE = 100;
/** …and a part that is still wider by runs of clauses up to this. */
const LONGEST_UNIT = 120;
/** Stands for a title where an article has none: an opening names what the rest refers to. */
const OPENING_CHARS = 40;

/** "一家公司" is a company, not a count. */
const HAN_COUNT =
  "(?:[二三四五六七八九十百千万两半]|一[十百千万])[一二三四五六七八九十百千万]*(?:[个名条项次场种位家座部人元吨米倍成岁公千里度天小分秒斤克升亩平辆台套架艘篇件卷支层页张份类处所间门首幅枚颗棵头只匹代级]|分之)";
const NUMBER_WORD =
  "\\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|million|dozen)s?\\b";
const NUMBER = new RegExp(`[0-9]|${NUMBER_WORD}|${HAN_COUNT}`, "u");
const PERCENTAGE = /[%％‰]|分之|[一二三四五六七八九]成/u;
/** A number that is no date or ordinal: what "how many" asks for. */
const AMOUNT = new RegExp(
  `${NUMBER_WORD}|[0-9](?![0-9.,]* ?(?:[年月日号时点届:：]|世纪))(?<!第[0-9]*)|${HAN_COUNT}`,
  "u",
);
const TIME =
  /[0-9]+ ?[年月日号天周点时世:：]|[0-9]+ ?个月|年代|世纪|分钟|小时|末年|初年|幕末|[0-9]{3,4}|[今去同前明]年|[一二三四五六七八九十]+[月天周点]|每[年月周日天季]|[年月季周]度|星期|周[一二三四五六日末]|[今明昨当]天|[春夏秋冬]|时期|期间|(?:清明|端午|中秋|国庆|重阳|元宵|劳动|圣诞|感恩|复活)节|元旦|当[日天时年]|[之以][前后]|时候|[时后][，,]|那一刻|[唐宋元明清]代|朝|公元|january|february|march|april|\bmay\b|june|july|august|september|october|november|december|century|(?:mon|tues|wednes|thurs|fri|satur|sun)day|spring|summer|autumn|winter|morning|evening|noon|midnight|today|yesterday|\bago\b|\bera\b/u;
const REASON = /因为|由于|因此|所以|原因|为了|以便|从而|because|due to|since|therefore|in order to/u;
const SPEECH = /说|表示|认为|指出|介绍|said|says|told/u;
const QUESTION = /[？?][”’」』"]*$/u;

/** The sentences (parts of long ones) of the best passages, best evidence first. */
export async function findEvidence(
  query: Query,
  aspects: QuestionAspects,
  hits: readonly Hit[],
  { index, embedder, table }: RetrievalParts,
): Promise<Evidence[]> {
  const script = hits[0]?.passage.text ?? "";
  // A corpus may be written in several scripts; what is compared is in one.
  const top: Hit[] = [];
  for (const hit of hits)
    if (top.length < PASSAGES && shareMainScript(script, hit.passage.text)) top.push(hit);
  const units = top.flatMap((hit) => {
    const article = index.articles.get(hit.passage.articleId)!;
    return readSentences(hit.passage.text).map((sentence): Unit => {
      const { start } = hit.passage.span;
      const span = { start: start + sentence.start, end: start + sentence.end };
      return { article, span, hit, sentence };
    });
  });
  const articles = [...new Set(units.map(({ article }) => article))];
  const texts = units.map(({ sentence }) => sentence.text);
  const tokens = await table.read(texts);
  const openingTokens = await table.read(articles.map(openingOf));
  const vectors = await embedder.pool(texts);
  const matches = tokens.map((ids) => query.matcher.bestMatches(ids));
  const openings = new Map(
    openingTokens.map((ids, i) => {
      const said = query.matcher.bestMatches(ids);
      return [articles[i]!, { said, unsaid: query.weights.map((weight, t) => weight * (1 - said[t]!)) }];
    }),
  );
  const terms = [...new Set(query.terms)];
  const rarities = terms.map((term) => index.lexical.inverseFrequency(term));
  const focus = focusWeights(query, embedder);
  const numbers = numbersOf(query.text);
  const weights = query.sharesScript && shareMainScript(query.text, script) ? SAME_SCRIPT : CROSS_SCRIPT;

  const evidence = units.map((unit, i): Evidence => {
    const { folded, terms: present, isQuestion } = unit.sentence;
    const { said, unsaid } = openings.get(unit.article)!;
    const features: EvidenceFeatures = {
      passage: unit.hit.score - top[0]!.score,
      rerank: weightedMean(matches[i]!, query.weights),
      fresh: weightedMean(matches[i]!, unsaid),
      coverage: weightedMean(
        terms.map((term) => (present.includes(`\n${term}\n`) ? 1 : 0)),
        rarities,
      ),
      cosine: dotRow(vectors[i]!, 0, query.pooled),
      number: aspects.number ? (aspects.quantity?.(folded) || numberTest(aspects).test(folded) ? 1 : -1) : 0,
      quantity: aspects.quantity ? (aspects.quantity(folded) ? 1 : -1) : 0,
      time: aspects.time ? (TIME.test(folded) ? 1 : -1) : 0,
      reason: aspects.reason && REASON.test(folded) ? 1 : 0,
      said: aspects.said ? (SPEECH.test(folded) ? 1 : -1) : 0,
      focus: weightedMean(matches[i]!, focus),
      bestArticle: unit.hit.passage.articleId === top[0]!.passage.articleId ? 1 : 0,
      position: Math.log(1 + unit.span.start / 100),
      question: isQuestion ? 1 : 0,
      heading: isHeading(unit) ? 1 : 0,
      missingNumbers: missingNumbers(numbers, folded, unit),
    };
    const { sentence: _, ...place } = unit;
    return { ...place, features, matches: matches[i]!, said, score: weigh(features, weights) };
  });
  return evidence.sort((a, b) => b.score - a.score);
}

const HEADING = /^(?:[一二三四五六七八九十]+、)?[\p{L}\p{M} 《》“”·（）'’-]*$/u;
/** In Han characters. */
const LONGEST_HEADING = 20;

function isHeading({ article: { text }, span, sentence }: Unit): boolean {
  return (
    sentence.isHeadline &&
    /(?:^|\n)$/u.test(text.slice(Math.max(0, span.start - 1), span.start)) &&
    /^(?:\n|$)/u.test(text.slice(span.end, span.end + 1))
  );
}

function missingNumbers(numbers: readonly string[], sentence: string, { article, hit }: Unit): number {
  if (numbers.length === 0) return 0;
  const around = foldForSearch(`${article.title} ${hit.passage.text}`);
  const missing = numbers.map((number) =>
    sentence.includes(number) ? 0 : lacksNumber(around, number) ? 1 : 1 / 3,
  );
  return missing.reduce((sum, one) => sum + one, 0);
}

function numberTest({ percentage, amount }: QuestionAspects): RegExp {
  if (percentage) return PERCENTAGE;
  return amount ? AMOUNT : NUMBER;
}

function openingOf(article: Article): string {
  return article.title === "" ? article.text.slice(0, OPENING_CHARS) : article.title;
}

/** Characters of passages whose sentences are remembered. */
const REMEMBERED_CHARS = 200_000;

/** The sentences of a passage's text, long ones by their parts. */
const readSentences = rememberRecent(
  (passage: string) => quotableUnits(passage).map((span) => readSentence(passage, span)),
  { max: REMEMBERED_CHARS, sizeOf: ({ length }) => length },
);

function readSentence(passage: string, span: Span): Sentence {
  const text = passage.slice(span.start, span.end);
  return {
    ...span,
    text,
    folded: foldForSearch(text),
    terms: `\n${extractTerms(text).join("\n")}\n`,
    isQuestion: QUESTION.test(text),
    isHeadline: HEADING.test(text) && widthOf(text, { start: 0, end: text.length }) <= LONGEST_HEADING,
  };
}

function quotableUnits(text: string): Span[] {
  return splitSentences(text).flatMap((sentence) => {
    if (widthOf(text, sentence) <= LONG_SENTENCE) return [sentence];
    return joinClauses(text, splitClauses(text, sentence), (before) => /[；;]$/u.test(before)).flatMap(
      (part) => {
        if (widthOf(text, part) <= LONGEST_UNIT) return [part];
        const isWide = (before: string) =>
          widthOf(before, { start: 0, end: before.length }) > LONGEST_UNIT / 2;
        return joinClauses(text, splitClauses(text, part), isWide);
      },
    );
  });
}

/** Joins neighbouring clauses until `isBorder` says that the text so far should stand alone. */
function joinClauses(text: string, clauses: readonly Span[], isBorder: (before: string) => boolean): Span[] {
  const joined: Span[] = [];
  for (const clause of clauses) {
    const last = joined.at(-1);
    if (last === undefined || isBorder(text.slice(last.start, last.end))) joined.push(clause);
    else joined[joined.length - 1] = { start: last.start, end: clause.end };
  }
  return joined;
}
