import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";
import { readerFor } from "../../src/corpus/readers.ts";
import type { FormatFigures } from "./formats.ts";

const expected = z.object({
  articles: z.array(
    z.object({
      title: z.string(),
      titleAlso: z.array(z.string()).default([]),
      authors: z.array(z.string()),
      publishedAt: z.string().optional(),
      /** Null where the file may be read as undated. */
      dateAlso: z.array(z.string().nullable()).default([]),
      paragraphs: z.array(z.string()),
    }),
  ),
  /** Lines that may be read or left out. */
  optional: z.array(z.string()).default([]),
});
type Expected = z.infer<typeof expected>["articles"][number];
type Found = Awaited<ReturnType<NonNullable<ReturnType<typeof readerFor>>>>["articles"][number];

/** As of a format, and how many articles were found of those that are there. */
export interface OtherHandFigures extends FormatFigures {
  readonly matched: number;
}

const FILES = new URL("./files/other-hand/", import.meta.url);
const LEAST_OVERLAP = 0.3;

export function otherHandFiles(extension: RegExp): string[] {
  return readdirSync(FILES).filter((name) => extension.test(name));
}

/** Reads the named files; an article is compared with what shares most of its title and text. */
export async function measureOtherHand(names: readonly string[]): Promise<OtherHandFigures> {
  const figures = {
    files: names.length,
    articles: 0,
    matched: 0,
    extra: 0,
    titles: 0,
    authors: 0,
    dates: 0,
    paragraphs: 0,
    exact: 0,
    surplus: 0,
  };
  const differences: string[] = [];
  for (const name of names) {
    const truth = expected.parse(JSON.parse(readFileSync(new URL(`${name}.json`, FILES), "utf8")));
    const { articles } = await readerFor(name)!(readFileSync(new URL(name, FILES)), name);
    const optional = wordsOf(truth.optional.join(""));
    const partners = match(truth.articles, articles);
    figures.articles += truth.articles.length;
    figures.matched += partners.size;
    figures.extra += Math.max(0, articles.length - truth.articles.length);
    const count = (isRight: boolean, what: string, found: unknown, meant: unknown) => {
      if (!isRight)
        differences.push(`${name}: ${what} ${JSON.stringify(found)} for ${JSON.stringify(meant)}`);
      return isRight ? 1 : 0;
    };
    for (const meant of truth.articles) {
      const found = partners.get(meant);
      const titles = [meant.title, ...meant.titleAlso].map(compact);
      const dates = [meant.publishedAt, ...meant.dateAlso];
      const left = (found?.paragraphs ?? []).map(withoutByline);
      figures.paragraphs += meant.paragraphs.length;
      if (!found) {
        count(false, "article", undefined, meant.title);
        continue;
      }
      figures.titles += count(titles.includes(compact(found.title)), "title", found.title, meant.title);
      const isAuthors = JSON.stringify(found.authors.toSorted()) === JSON.stringify(meant.authors.toSorted());
      figures.authors += count(isAuthors, "authors", found.authors, meant.authors);
      const isDate = dates.includes(found.publishedAt) || (!found.publishedAt && dates.includes(null));
      figures.dates += count(isDate, "date", found.publishedAt, dates);
      for (const paragraph of meant.paragraphs) {
        const at = left.indexOf(withoutByline(paragraph));
        figures.exact += count(at >= 0, "no paragraph", "", paragraph);
        if (at >= 0) left.splice(at, 1);
      }
      for (const paragraph of left) {
        figures.surplus += 1 - count(isOptional(paragraph, optional), "surplus", paragraph, "");
      }
    }
    const read = new Set(partners.values());
    for (const article of articles.filter((article) => !read.has(article))) {
      figures.surplus += article.paragraphs.length;
      count(false, "extra article", article.title, "");
    }
  }
  return { ...figures, differences };
}

/** Each article with what was found of it, the surest pairs first. */
function match(meant: readonly Expected[], found: readonly Found[]): Map<Expected, Found> {
  const pairs = meant.flatMap((article) =>
    found.map((other) => {
      const isTitled = [article.title, ...article.titleAlso].map(compact).includes(compact(other.title));
      const [a, b] = [gramsOf(article), gramsOf(other)];
      const shared = [...a].filter((gram) => b.has(gram)).length;
      const overlap = shared / Math.max(1, a.size);
      const score = overlap + (isTitled ? 0.5 : 0) + (0.2 * shared) / Math.max(1, b.size);
      return { article, other, score, isLikely: isTitled || overlap > LEAST_OVERLAP };
    }),
  );
  const partners = new Map<Expected, Found>();
  const taken = new Set<Found>();
  for (const { article, other, isLikely } of pairs.toSorted((a, b) => b.score - a.score)) {
    if (!isLikely || partners.has(article) || taken.has(other)) continue;
    partners.set(article, other);
    taken.add(other);
  }
  return partners;
}

function gramsOf({ title, paragraphs }: Pick<Found, "title" | "paragraphs">): Set<string> {
  const text = wordsOf(title + paragraphs.join(""));
  return new Set(Array.from({ length: Math.max(0, text.length - 3) }, (_, at) => text.slice(at, at + 4)));
}

function isOptional(paragraph: string, optional: string): boolean {
  return paragraph.split(/[|\s；;，、,：:]+/u).every((part) => optional.includes(wordsOf(part)));
}

/** Reading a byline's names off a last paragraph or leaving them is all the same here. */
function withoutByline(paragraph: string): string {
  return compact(paragraph).replace(/（[^（）]{2,14}）$/u, "");
}

function compact(text: string): string {
  return text.replace(/[\s\u200b\u00ad]/gu, "");
}

function wordsOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, "");
}
