import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";
import { readerFor } from "../../src/corpus/readers.ts";

const expected = z.object({
  articles: z.array(
    z.object({
      title: z.string(),
      authors: z.array(z.string()),
      publishedAt: z.iso.date().optional(),
      paragraphs: z.array(z.string()),
    }),
  ),
});
export type ExpectedArticle = z.infer<typeof expected>["articles"][number];

/** How well files of one format are read; counts of articles, and of their paragraphs. */
export interface FormatFigures {
  readonly files: number;
  readonly articles: number;
  /** Articles too many, in files that hold fewer. */
  readonly extra: number;
  readonly titles: number;
  readonly authors: number;
  readonly dates: number;
  readonly paragraphs: number;
  /** Of which these are read exactly, in any order. */
  readonly exact: number;
  /** Paragraphs that stand in no article. */
  readonly surplus: number;
  /** A line for each difference. */
  readonly differences: readonly string[];
}

const FILES = new URL("./files/", import.meta.url);

/** The files of a folder that have an expected content beside them. */
export function filesOf(format: string): string[] {
  const names = readdirSync(new URL(`${format}/`, FILES));
  return names.filter((name) => !name.endsWith(".json") && names.includes(`${name}.json`));
}

/** Reads the named files, and compares what is found with what they hold, the nth article with the nth. */
export async function measureFormat(format: string, names: readonly string[]): Promise<FormatFigures> {
  let figures = {
    files: 0,
    articles: 0,
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
    const truth = expected.parse(JSON.parse(readFileSync(new URL(`${format}/${name}.json`, FILES), "utf8")));
    const { articles } = await readerFor(name)!(readFileSync(new URL(`${format}/${name}`, FILES)), name);
    const tell = (what: string, found: unknown, meant: unknown) =>
      differences.push(`${name}: ${what} ${JSON.stringify(found)} instead of ${JSON.stringify(meant)}`);
    if (articles.length !== truth.articles.length) tell("articles", articles.length, truth.articles.length);
    figures.files++;
    figures.extra += Math.max(0, articles.length - truth.articles.length);
    for (const [index, meant] of truth.articles.entries()) {
      const found = articles[index];
      const count = (what: string, a: unknown, b: unknown) => {
        const isSame = JSON.stringify(a) === JSON.stringify(b);
        if (!isSame) tell(what, a, b);
        return isSame ? 1 : 0;
      };
      const read = (found?.paragraphs ?? []).map(foldSpace);
      const wanted = meant.paragraphs.map(foldSpace);
      const [missing, surplus] = [without(wanted, read), without(read, wanted)];
      for (const paragraph of missing) tell("paragraph", "", paragraph);
      for (const paragraph of surplus) tell("paragraph", paragraph, "");
      figures = {
        ...figures,
        articles: figures.articles + 1,
        titles: figures.titles + count("title", foldSpace(found?.title ?? ""), foldSpace(meant.title)),
        authors: figures.authors + count("authors", found?.authors, meant.authors),
        dates: figures.dates + count("date", found?.publishedAt, meant.publishedAt),
        paragraphs: figures.paragraphs + wanted.length,
        exact: figures.exact + wanted.length - missing.length,
        surplus: figures.surplus + surplus.length,
      };
    }
  }
  return { ...figures, differences };
}

function foldSpace(text: string): string {
  return text
    .split("\n")
    .map((line) => line.replace(/\s+/g, " ").trim())
    .join("\n")
    .trim();
}

function without(texts: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return texts.filter((text) => {
    const at = left.indexOf(text);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
