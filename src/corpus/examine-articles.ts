import type { Article } from "../types.ts";
import { articleId } from "./article-file.ts";
import { LIST_ITEM, readLines } from "./lines.ts";
import { DISGUISES, MISMAPPED } from "./mismapped-marks.ts";
import { repairPunctuation } from "./punctuation.ts";
import { isHardWrapped, partedParagraphs } from "./wraps.ts";

/** One thing that looks wrong with some of the articles. */
export interface Finding {
  /** As the end of "there is …". */
  readonly what: string;
  /** Ids of the articles, those that belong together joined by " = "; or names of collections. In the corpus' order. */
  readonly where: readonly string[];
  /** What to do, as a sentence. */
  readonly advice: string;
}

interface Kind extends Omit<Finding, "where"> {
  readonly find: (articles: readonly Article[], today: string) => readonly string[];
}

/** Shorter texts say nothing that could be asked for. */
const MIN_CHARS = 10;
const MAX_TITLE_CHARS = 100;
/** Fewer may be names that only look like marks. */
const MIN_MARKS = 3;
/** What is read of a text for them: enough for any, however long it is. */
const MAX_READ_CHARS = 20_000;
const COMMONEST = ["，", "。"].map((mark) => DISGUISES.get(mark)!);
/** As `LIST_ITEM`, and ① and any other sign that opens a line. */
const LIST_LINE = /^(?:[^\p{L}\p{Nd}“‘"'《（(【「『]|\d{1,2}\))/u;
/** What neither keyboards nor newspapers write: lost characters, those of a font's own, control characters. */
const DAMAGED = /\uFFFD|\p{Co}|(?![\n\t])\p{Cc}/u;
/** Titles that programs give: page-03, IMG_2041, 新建文档. */
const NAMED_BY_PROGRAM = /^[\w.-]+$|^(?:新建|未命名|无标题|文档|扫描)/;

const KINDS: readonly Kind[] = [
  {
    what: "the same article more than once",
    find: (articles) => sameText(articles).flatMap((group) => groupsBy(group, ({ title }) => title)),
    advice: "Keep one file of each, or an answer may quote it twice.",
  },
  {
    what: "the same text under several titles",
    find: (articles) =>
      sameText(articles)
        .filter((group) => new Set(group.map(({ title }) => title)).size > 1)
        .map(joinIds),
    advice: "Keep the file with the right title.",
  },
  {
    what: "no text to speak of",
    find: each(isEmpty),
    advice: "Write the text below the front matter, or remove the file.",
  },
  {
    what: "text with lost characters (\uFFFD, control characters or a font's own)",
    find: each(({ title, text }) => DAMAGED.test(title) || DAMAGED.test(text)),
    advice: "Import a better copy of the source, or correct the file by hand.",
  },
  {
    what: "text in which punctuation still seems to read as characters (袁 for ，)",
    find: each(({ text }) => hasMismappedMarks(text)),
    advice: "If so, import the source again, which mends it.",
  },
  {
    what: "text that breaks off at the end of every line",
    find: each(({ text }) => isWrapped(text)),
    advice: "Import the source again, or put every paragraph on one line.",
  },
  {
    what: "no better title than the name of a file",
    find: each(isTitledAsFile),
    advice: 'Correct "title:" in the front matter: titles are searched and shown.',
  },
  {
    what: `a title of more than ${MAX_TITLE_CHARS} characters`,
    find: each(({ title }) => title.length > MAX_TITLE_CHARS),
    advice: 'Shorten "title:" in the front matter; the text may have lost its beginning to it.',
  },
  {
    what: "a date that is yet to come",
    find: (articles, today) => each(({ publishedAt = "" }) => publishedAt > today)(articles),
    advice: 'Correct "publishedAt:" in the front matter.',
  },
  {
    what: "no source",
    find: each(({ source }) => source.trim() === ""),
    advice: 'Say in "source:" of the front matter where it was taken from.',
  },
  {
    what: "collections that differ only in upper and lower case",
    find: (articles) => {
      const names = [...new Set(articles.map(({ collection }) => collection))];
      const groups = groupsOf(names, (name) => name.toLowerCase());
      return groups.map((group) => group.join(" = "));
    },
    advice: "Move their files into one folder: some computers cannot keep both.",
  },
];

/** What looks wrong with the articles, kind by kind; none for a clean corpus. `today` is an ISO 8601 date. */
export function examineArticles(articles: readonly Article[], today: string): Finding[] {
  return KINDS.map(({ what, advice, find }) => ({ what, where: find(articles, today), advice })).filter(
    ({ where }) => where.length > 0,
  );
}

function each(isMeant: (article: Article) => boolean): (articles: readonly Article[]) => readonly string[] {
  return (articles) => articles.filter(isMeant).map(({ id }) => id);
}

/** Articles of a collection with one text, where there are several. */
function sameText(articles: readonly Article[]): Article[][] {
  return groupsOf(
    articles.filter((article) => !isEmpty(article)),
    ({ collection, text }) => JSON.stringify([collection, text.trim()]),
  );
}

function groupsBy(articles: readonly Article[], keyOf: (article: Article) => string): string[] {
  return groupsOf(articles, keyOf).map(joinIds);
}

function joinIds(articles: readonly Article[]): string {
  return articles.map(({ id }) => id).join(" = ");
}

/** What shares a key, where several do. */
function groupsOf<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function isEmpty({ text }: Article): boolean {
  return text.replace(/\s+/g, "").length < MIN_CHARS;
}

/**
 * Reading a text for marks takes time (5 µs a character), so it is left to those that may hold mis-mapped commas or
 * full stops, the commonest of marks: of 5,000 news articles to 105.
 */
function hasMismappedMarks(text: string): boolean {
  if (!COMMONEST.some((character) => text.includes(character))) return false;
  let possible = 0;
  for (const character of text) if (MISMAPPED.has(character)) possible++;
  return (
    possible >= MIN_MARKS && repairPunctuation(text.slice(0, MAX_READ_CHARS)).repairs.length >= MIN_MARKS
  );
}

/** Whether paragraphs of several lines are a column's wraps; lists have lines of their own rightly. */
function isWrapped(text: string): boolean {
  const prose = text
    .split(/\n\s*\n/)
    .map(readLines)
    .filter((lines) => !lines.some((line) => LIST_LINE.test(line.text) || LIST_ITEM.test(line.text)));
  if (prose.every((lines) => lines.length < 2)) return false;
  const lines = prose.flatMap((block) => block.map((line, at) => ({ ...line, blankBefore: at === 0 })));
  return isHardWrapped(lines) || partedParagraphs(lines) !== undefined;
}

function isTitledAsFile({ id, collection, title, source }: Article): boolean {
  const isFileName = title === source.replace(/\.[^.]*$/, "") || articleId(collection, title) === id;
  return isFileName && NAMED_BY_PROGRAM.test(title);
}
