import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { FoundArticle, FoundArticles } from "../../src/corpus/readers.ts";

/** What a file holds, as the program that made it says. */
const truth = z.object({
  articles: z.array(
    z.object({
      title: z.string(),
      authors: z.array(z.string()),
      publishedAt: z.string().optional(),
      page: z.number().optional(),
      paragraphs: z.array(z.string()),
    }),
  ),
});
export type Truth = z.infer<typeof truth>;

/** Counts over articles, so that those of several files can be added up. */
export interface Figures {
  /** Articles there are, and how many were read. */
  readonly articles: number;
  readonly found: number;
  readonly titles: number;
  readonly authors: number;
  readonly dates: number;
  readonly pages: number;
  /** Articles of which every paragraph is read to the letter. */
  readonly whole: number;
  /** Paragraphs there are, and those read to the letter, white space aside. */
  readonly paragraphs: number;
  readonly exact: number;
}

const folder = fileURLToPath(new URL("./files/pdf/", import.meta.url));

/** Files with what they hold, in the order of their names. */
export function readTruths(from = folder): { name: string; bytes: Uint8Array; truth: Truth }[] {
  return readdirSync(from)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => ({
      name: name.replace(/\.json$/, ""),
      bytes: readFileSync(join(from, name.replace(/\.json$/, ".pdf"))),
      truth: truth.parse(JSON.parse(readFileSync(join(from, name), "utf8"))),
    }));
}

/** How much of what a file holds was read: every article against the one that shares most of its paragraphs. */
export function compare({ articles }: Truth, found: FoundArticles): Figures {
  const left = [...found.articles];
  const pairs = articles.map((article) => {
    const alike = left.map((other) => likeness(article, other));
    const best = alike.indexOf(Math.max(...alike));
    return { article, other: best >= 0 && alike[best]! > 0 ? left.splice(best, 1)[0] : undefined };
  });
  const count = (holds: (article: Truth["articles"][number], other: FoundArticle) => boolean) =>
    pairs.filter(({ article, other }) => other && holds(article, other)).length;
  return {
    articles: articles.length,
    found: found.articles.length,
    titles: count((article, other) => fold(article.title) === fold(other.title)),
    authors: count((article, other) => article.authors.join() === other.authors.join()),
    dates: count((article, other) => article.publishedAt === other.publishedAt),
    pages: count((article, other) => article.page === undefined || article.page === other.page),
    whole: count(
      (article, other) => foldAll(article.paragraphs).join("\n") === foldAll(other.paragraphs).join("\n"),
    ),
    paragraphs: sum(articles.map(({ paragraphs }) => paragraphs.length)),
    exact: sum(
      pairs.map(({ article, other }) => {
        const read = new Set(foldAll(other?.paragraphs ?? []));
        return foldAll(article.paragraphs).filter((paragraph) => read.has(paragraph)).length;
      }),
    ),
  };
}

export function addUp(figures: readonly Figures[]): Figures {
  const keys = [
    "articles",
    "found",
    "titles",
    "authors",
    "dates",
    "pages",
    "whole",
    "paragraphs",
    "exact",
  ] as const;
  const total = Object.fromEntries(keys.map((key) => [key, sum(figures.map((one) => one[key]))]));
  return total as unknown as Figures;
}

function likeness(article: Truth["articles"][number], other: FoundArticle): number {
  const read = new Set(foldAll(other.paragraphs));
  const shared = foldAll(article.paragraphs).filter((paragraph) => read.has(paragraph)).length;
  return shared + (fold(article.title) === fold(other.title) ? 0.5 : 0);
}

function fold(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function foldAll(texts: readonly string[]): string[] {
  return texts.map(fold);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
