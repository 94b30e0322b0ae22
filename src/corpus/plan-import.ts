import { basename } from "node:path";
import type { ArticleId } from "../types.ts";
import { type ArticleFile, articleId, articleName, cleanText, contentHash } from "./article-file.ts";
import { findFiles, reasonWhy, type Skipped } from "./find-files.ts";
import { createHoldings, type Holding, type Holdings } from "./holdings.ts";
import { readCollection } from "./read-collection.ts";
import type { FoundArticle, FoundArticles } from "./readers.ts";

export interface PlannedArticle extends ArticleFile {
  readonly id: ArticleId;
  /** The file that it was read from. */
  readonly path: string;
  readonly paragraphs: readonly string[];
  /** Where the reader was unsure, or the corpus has nearly the same, a sentence each without a full stop. */
  readonly warnings: readonly string[];
  /** Already in the corpus, or earlier in the plan; such an article is not written. */
  readonly sameAs?: ArticleId;
  /** An earlier version, which is written over. */
  readonly replaces?: ArticleId;
  /** An earlier version that was edited by hand, which stays: such an article is not written. */
  readonly keeps?: ArticleId;
  /** Another article with nearly the same text. */
  readonly near?: NearArticle;
}

export interface NearArticle {
  readonly id: ArticleId;
  /** Estimated share of the text that both have, 0 to 1. */
  readonly resemblance: number;
}

export interface ImportPlan {
  readonly corpusDir: string;
  readonly collection: string;
  readonly articles: readonly PlannedArticle[];
  /** Files, or parts of one, that give no new article, each with one reason. */
  readonly skipped: readonly Skipped[];
}

export interface ImportRequest {
  /** Files and folders; folders are searched through. */
  readonly paths: readonly string[];
  readonly corpusDir: string;
  /** Default: the default collection. */
  readonly collection?: string;
  /** Reads one file; what it throws is the reason why that is skipped. */
  readonly read: (path: string) => Promise<FoundArticles>;
  /** Told how many of how many files are read. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What importing would add to a corpus; nothing is written. Whatever cannot be read is skipped with its reason. */
export async function planImport(request: ImportRequest): Promise<ImportPlan> {
  const { paths, corpusDir, collection = "", read, onProgress = () => {} } = request;
  const { files, skipped: notFound } = await findFiles(paths);
  const skipped = [...notFound];
  const shelf = await openShelf(corpusDir, collection);
  const articles: PlannedArticle[] = [];
  for (const [done, path] of files.entries()) {
    onProgress(done, files.length);
    try {
      const found = await read(path);
      for (const reason of found.problems) skipped.push({ path, reason });
      if (found.articles.length === 0) skipped.push({ path, reason: "holds no article" });
      const isShort = (article: FoundArticle) => lengthOf(article) <= MAX_ARTICLE_CHARS;
      for (const article of found.articles)
        if (!isShort(article)) skipped.push({ path, reason: tooLong(article) });
      for (const { article, reason } of planFile(path, found.articles.filter(isShort), shelf)) {
        articles.push(article);
        if (reason !== undefined) skipped.push({ path, reason });
      }
    } catch (error) {
      // One unreadable file must not stop the others; the reason is shown with its path.
      skipped.push({ path, reason: reasonWhy(error) });
    }
  }
  if (files.length > 0) onProgress(files.length, files.length);
  return { corpusDir, collection, articles, skipped };
}

/** As long as a book. Lists are looked for in the whole article: in three million characters that takes 9 s a question. */
const MAX_ARTICLE_CHARS = 500_000;

function lengthOf({ text, paragraphs }: FoundArticle): number {
  return text?.length ?? paragraphs.reduce((sum, paragraph) => sum + paragraph.length, 0);
}

function tooLong(article: FoundArticle): string {
  const [chars, most] = [lengthOf(article), MAX_ARTICLE_CHARS].map((count) => count.toLocaleString("en"));
  return `“${article.title.slice(0, 60)}” has ${chars} characters, and an article may have ${most}; split it`;
}

/** The collection that is imported into. */
interface Shelf {
  readonly holdings: Holdings;
  /** The id of a new article of this file. */
  readonly takeId: (path: string) => ArticleId;
}

async function openShelf(corpusDir: string, collection: string): Promise<Shelf> {
  const { articles, names } = await readCollection(corpusDir, collection);
  const holdings = createHoldings();
  for (const article of articles) {
    const isEdited = article.imported === undefined || article.imported !== contentHash(article);
    holdings.add({ ...article, isEdited, isPlanned: false });
  }
  const taken = new Set(names);
  /** From the first name of a source to the number to try next: all of Chinese names alone begin with article-01. */
  const numbers = new Map<string, number>();
  const takeId = (path: string): ArticleId => {
    const first = articleName(path, 1);
    let number = numbers.get(first) ?? 1;
    while (taken.has(articleName(path, number))) number++;
    numbers.set(first, number + 1);
    return articleId(collection, articleName(path, number));
  };
  return { holdings, takeId };
}

/** What is planned for an article, and why it is not written. */
interface Decision {
  readonly article: PlannedArticle;
  readonly reason?: string;
}

/**
 * One decision an article of the file. Those that the corpus has as they are go first, then those that it has under
 * the same title, so that no other article of the file takes their place.
 */
function planFile(path: string, found: readonly FoundArticle[], shelf: Shelf): readonly Decision[] {
  const { holdings } = shelf;
  const drafts = found.map((article) => draftOf(article, path));
  const isOnly = ({ title }: Draft) => drafts.filter((draft) => draft.title === title).length === 1;
  const same = drafts.map((draft) => findSame(draft, holdings));
  const claimed = new Set(same);
  const isFree = (holding: Holding | undefined) =>
    holding !== undefined && !holding.isPlanned && !claimed.has(holding);
  const versions = drafts.map((draft, i) => {
    if (same[i] || !isOnly(draft)) return undefined;
    const version = holdings.findVersion(draft.source, draft.title);
    if (!isFree(version)) return undefined;
    claimed.add(version);
    return version;
  });
  return drafts.map((draft, i) => {
    const known = same[i] ?? findSame(draft, holdings);
    if (known) return decideKnown(draft, known);
    const near = holdings.findNear(draft);
    const earlier =
      versions[i] ??
      near.find(({ holding, isVersion, hasSameFacts }) => isVersion && hasSameFacts && isFree(holding))
        ?.holding;
    if (earlier) claimed.add(earlier);
    if (earlier?.isEdited) return decideEdited(draft, earlier);
    const other = near.find(({ holding, hasSameFacts }) => holding !== earlier && hasSameFacts);
    const edited = near.find(({ holding, hasSameFacts }) => !hasSameFacts && isFree(holding));
    const doubts = [
      ...(other ? [describeNear(other.holding.id, other.resemblance)] : []),
      ...(edited ? [`may be another version of ${edited.holding.id}, which was edited by hand`] : []),
    ];
    const article = {
      ...draft,
      id: earlier?.id ?? shelf.takeId(path),
      warnings: [...draft.warnings, ...doubts],
      ...(earlier ? { replaces: earlier.id } : {}),
      ...(other ? { near: { id: other.holding.id, resemblance: other.resemblance } } : {}),
    };
    if (earlier) holdings.remove(earlier);
    holdings.add({ ...article, isEdited: false, isPlanned: true });
    return { article };
  });
}

/** An article without its place. */
type Draft = Omit<PlannedArticle, "id"> & { readonly imported: string };

function draftOf(found: FoundArticle, path: string): Draft {
  const { paragraphs, repairs, publishedAt, page, source = basename(path), warnings = [] } = found;
  const content = {
    // Nobody can name, and no file can hold, an article without a title.
    title: oneLine(found.title) || oneLine(basename(path)),
    authors: found.authors.map(oneLine).filter((author) => author !== ""),
    text: cleanText(found.text ?? paragraphs.join("\n\n")),
    ...(publishedAt === undefined ? {} : { publishedAt }),
  };
  const place = { source: oneLine(source), repairs, ...(page === undefined ? {} : { page }) };
  return { ...content, ...place, path, imported: contentHash(content), paragraphs, warnings };
}

/** Control characters, and the marks that turn the writing direction: in a line they would turn what stands beside it. */
const UNSEEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** What names an article, as it can stand among other words; its text stays as it is. */
function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, " ").replace(UNSEEN, "").trim();
}

function findSame({ title, text, imported }: Draft, holdings: Holdings): Holding | undefined {
  return holdings.findSame(title, text, imported);
}

function decideKnown(draft: Draft, known: Holding): Decision {
  const edited = known.isEdited && known.imported === draft.imported ? ", edited by hand since" : "";
  return {
    article: { ...draft, id: known.id, sameAs: known.id },
    reason: known.isPlanned
      ? `“${draft.title}” is the same as ${known.id}, which comes before it`
      : `“${draft.title}” is already in the corpus as ${known.id}${edited}`,
  };
}

function decideEdited(draft: Draft, earlier: Holding): Decision {
  const edited = earlier.imported === undefined ? "may have been edited" : "was edited";
  return {
    article: { ...draft, id: earlier.id, keeps: earlier.id },
    reason:
      `“${draft.title}” is another version of ${earlier.id}, which ${edited} by hand and stays; ` +
      `to take the new one, run "npm run articles -- remove ${earlier.id}" and import it again`,
  };
}

function describeNear(id: ArticleId, resemblance: number): string {
  return `nearly the same as ${id} (${Math.round(resemblance * 100)} %)`;
}

/** Whether the plan writes it. */
export function isWritten({ sameAs, keeps }: Pick<PlannedArticle, "sameAs" | "keeps">): boolean {
  return sameAs === undefined && keeps === undefined;
}
