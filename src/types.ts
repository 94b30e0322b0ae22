/** The nouns every room shares. Data only: plain, readonly, no behaviour. */

declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** File name of an article without `.md`, prefixed by its collection and a slash outside the default one. */
export type ArticleId = Branded<string, "ArticleId">;
/** Unique among the passages of one index. */
export type PassageId = Branded<string, "PassageId">;

/** `[start, end)` in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Article {
  readonly id: ArticleId;
  /** Subfolder of the corpus; "" is the default collection. */
  readonly collection: string;
  readonly title: string;
  readonly authors: readonly string[];
  /** Where the article was taken from, as the operator would name it: a file name, a newspaper page. */
  readonly source: string;
  /** ISO 8601 date. */
  readonly publishedAt?: string;
  /** Page of the source, from 1. */
  readonly page?: number;
  /** Hash of what an import wrote, by which an edit is told; absent where no import did. */
  readonly imported?: string;
  readonly text: string;
  /** One span into `text` a paragraph, in order; the white space between paragraphs belongs to none. */
  readonly paragraphs: readonly Span[];
}

/** What was done to the files of articles, and how they lay there before: enough to take it back. */
export interface CorpusChange {
  /** Articles that were written, with the hash of what was. */
  readonly written: readonly { readonly id: ArticleId; readonly imported: string }[];
  /** Files that were written over or removed, as they were. */
  readonly before: readonly { readonly id: ArticleId; readonly file: string }[];
}

/** A part of one paragraph-run of an article: `text === article.text.slice(span.start, span.end)`. */
export interface Passage {
  readonly id: PassageId;
  readonly articleId: ArticleId;
  /** Position among the passages of its article, from 0. */
  readonly ordinal: number;
  readonly span: Span;
  readonly text: string;
}

/** Why a passage stands where it stands. */
export interface HitScores {
  /** BM25; 0 where the question shares no script with the corpus. */
  readonly lexical: number;
  /** Cosine of the question's vector and the passage's, -1 to 1. */
  readonly cosine: number;
  /**
   * Weighted mean over the question's tokens of their best cosine in the passage, 0 to 1; a tenth of it is that of the
   * article's passages before and after.
   */
  readonly rerank: number;
}

export interface Hit {
  readonly passage: Passage;
  /** Fused score; comparable within one question only. */
  readonly score: number;
  readonly scores: HitScores;
}

export type QuoteField = "text" | "title" | "authors";

/**
 * A verbatim span of one field of an article: of `article.text`, of its title, or of its authors joined by "、".
 * This is also its JSON form, on which other programs rely.
 */
export interface Quote {
  readonly text: string;
  readonly field: QuoteField;
  readonly articleId: ArticleId;
  readonly title: string;
  readonly authors: readonly string[];
  /** Those of the article, where it has them. */
  readonly source?: string;
  readonly page?: number;
  readonly publishedAt?: string;
  /** Counted from 1; absent unless `field` is "text". */
  readonly paragraph?: number;
  readonly start: number;
  readonly end: number;
  /** Number by which an answer refers to this quote, from 1. */
  readonly citation: number;
}

export interface ListReport {
  /** How many items the text says there are; null where it does not say. */
  readonly declared: number | null;
  readonly found: number;
  /** False when fewer are found than declared or the source elides. */
  readonly complete: boolean;
  /** Only where the source breaks off or leaves items out, and says so. */
  readonly elided?: true;
  /** Verbatim, without marker and closing punctuation. */
  readonly items: readonly string[];
}

export interface ArticleReference {
  readonly articleId: ArticleId;
  readonly title: string;
}

/** A sentence that the quote it cites supports. */
export interface PhrasedSentence {
  readonly text: string;
  readonly citation: number;
}

export interface Phrasing {
  /** At least one. */
  readonly sentences: readonly PhrasedSentence[];
  /** The server's name of the model that wrote them. */
  readonly model: string;
}

interface AnswerBase {
  readonly question: string;
  /** BCP 47 tag of the question's language. */
  readonly language: string;
  /** Probability that the quotes answer the question, 0 to 1. */
  readonly confidence: number;
}

export interface Answered extends AnswerBase {
  readonly kind: "answered";
  /** One to three; the first is the answer itself. */
  readonly quotes: readonly Quote[];
  /** Present only where a list was asked for. */
  readonly list?: ListReport;
  /** Present only where a language model was asked, and something it said is verified. */
  readonly phrasing?: Phrasing;
}

export interface NotFound extends AnswerBase {
  readonly kind: "not-found";
  /** At most three, the nearest first. */
  readonly nearest: readonly ArticleReference[];
}

export type Answer = Answered | NotFound;

/** What is printed in place of an answer that could not be made. */
export interface FailedAnswer {
  readonly kind: "error";
  readonly question: string;
  readonly message: string;
}
