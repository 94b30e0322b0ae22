import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A question names its article by the place of its body on the page; the titles tell the files apart. */
const TITLE_FRAGMENTS = [
  "助推技能人员",
  "铜锣峡储气库",
  "航天科工203所",
  "麻地梁矿",
  "巴州分公司",
  "绿色工厂",
  "海宁迎春",
  "徐州汉源大道",
];

const common = {
  id: z.string().min(1),
  lang: z.string().refine((tag) => Intl.getCanonicalLocales(tag)[0] === tag, "not a canonical BCP 47 tag"),
  question: z.string().min(1),
  split: z.enum(["tune", "test"]),
};
const questionSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    ...common,
    kind: z.enum(["fact", "list", "partial-list", "meta"]),
    article: z.int().min(1).max(TITLE_FRAGMENTS.length),
    evidence: z.string().min(1),
    keys: z.array(z.string().min(1)).min(1),
  }),
  z.strictObject({
    ...common,
    kind: z.literal("unanswerable"),
    near: z.boolean(),
    article: z.null(),
    evidence: z.null(),
    keys: z.array(z.string()).length(0),
  }),
]);
const frontMatterSchema = z.object({ title: z.string(), authors: z.array(z.string()) });

/** The fields of one article a quote may come from, folded: body, title, authors joined by "、". */
type Fields = readonly [text: string, title: string, authors: string];

const fold = (text: string) => text.normalize("NFKC").replace(/\s+/gu, "");

function readArticles(): Fields[] {
  const folder = join(root, "corpus");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .flatMap((name) => {
      const parts = /^---\n(.*?)\n---\n(.*)$/su.exec(readFileSync(join(folder, name), "utf8"));
      if (!parts) return [];
      const { title, authors } = frontMatterSchema.parse(parse(parts[1]!));
      return [[fold(parts[2]!), fold(title), fold(authors.join("、"))] as const];
    });
}

const questions = readFileSync(join(root, "test/datasets/articles/questions.jsonl"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => questionSchema.parse(JSON.parse(line)));
const answerable = questions.filter((question) => question.kind !== "unanswerable");

function surplusOfTune(of: readonly (typeof questions)[number][]): number {
  return of.reduce((surplus, { split }) => surplus + (split === "tune" ? 1 : -1), 0);
}

describe("the questions on the shipped articles", () => {
  const articles = readArticles();

  test("each article number names exactly one shipped article", () => {
    const matches = TITLE_FRAGMENTS.map(
      (part) => articles.filter(([, title]) => title.includes(part)).length,
    );
    expect(matches).toEqual(TITLE_FRAGMENTS.map(() => 1));
  });

  test("evidence and every key stand in the article, its title or its authors", () => {
    const missing = answerable.flatMap(({ id, article, evidence, keys }) => {
      const fields = articles.find(([, title]) => title.includes(TITLE_FRAGMENTS[article - 1]!)) ?? [];
      return [evidence, ...keys]
        .filter((wanted) => !fields.some((field) => field.includes(fold(wanted))))
        .map((wanted) => `${id}: ${wanted}`);
    });
    expect(missing).toEqual([]);
  });

  test("the evidence alone holds every key, but for lists, where it may be only their beginning", () => {
    const insufficient = answerable
      .filter(({ kind }) => kind !== "list")
      .filter(({ evidence, keys }) => !keys.every((key) => fold(evidence).includes(fold(key))));
    expect(insufficient.map(({ id }) => id)).toEqual([]);
  });

  test("no id and no question occurs twice", () => {
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
    expect(new Set(questions.map(({ question }) => fold(question))).size).toBe(questions.length);
  });

  test("there are enough of each sort for a figure to mean something", () => {
    const unanswerable = questions.filter((question) => question.kind === "unanswerable");
    expect(questions.length).toBeGreaterThanOrEqual(190);
    expect(questions.filter(({ id }) => id.startsWith("own-")).length).toBeGreaterThanOrEqual(120);
    expect(unanswerable.filter(({ near }) => near).length).toBeGreaterThanOrEqual(20);
    expect(unanswerable.filter(({ near }) => !near).length).toBeGreaterThanOrEqual(30);
  });

  test("tune and test halve every kind and stay close in every language and article", () => {
    for (const kind of new Set(questions.map((question) => question.kind))) {
      const surplus = surplusOfTune(questions.filter((question) => question.kind === kind));
      expect(Math.abs(surplus), kind).toBeLessThanOrEqual(1);
    }
    for (const lang of new Set(questions.map((question) => question.lang))) {
      const surplus = surplusOfTune(questions.filter((question) => question.lang === lang));
      expect(Math.abs(surplus), lang).toBeLessThanOrEqual(2);
    }
    for (const article of new Set(questions.map((question) => question.article))) {
      const surplus = surplusOfTune(questions.filter((question) => question.article === article));
      expect(Math.abs(surplus), `article ${article}`).toBeLessThanOrEqual(2);
    }
  });
});
