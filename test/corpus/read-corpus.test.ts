import { execFileSync } from "node:child_process";
import { rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type CorpusMemory, readCorpus } from "../../src/corpus/read-corpus.ts";
import { AppError } from "../../src/errors.ts";
import { makeFolder } from "../index/sample.ts";

const article = "---\nid: x\ntitle: 题\nauthors: []\nsource: s\n---\n文。\n";

test("a subfolder is a collection, and page-2 stands before page-10", async () => {
  const corpus = await makeFolder({ "b/c.md": article, "page-10.md": article, "page-2.md": article });
  const { articles, problems } = await readCorpus(corpus);
  expect(articles.map(({ id, collection }) => [id, collection])).toEqual([
    ["page-2", ""],
    ["page-10", ""],
    ["b/c", "b"],
  ]);
  expect(problems).toEqual([]);
});

test("a file's name is the article's id, and one whose front matter gives another is named", async () => {
  const named = (id: string) => article.replace("id: x", `id: ${id}`);
  const corpus = await makeFolder({
    "a.md": named("a"),
    "b.md": named("a"),
    "c/d.md": named("c/d"),
    "c/e.md": named("e"),
  });
  const { articles, misnamed } = await readCorpus(corpus);
  expect(articles.map(({ id }) => id)).toEqual(["a", "b", "c/d", "c/e"]);
  expect(misnamed).toEqual(["b"]);
});

test("what is plainly no article is left out in silence", async () => {
  const corpus = await makeFolder({
    "README.md": "# 读我",
    "readme.zh.md": "---\nlayout: page\n---\n读我",
    "LICENSE.md": "all of it",
    "notes.txt": "notes",
    ".hidden.md": "---\n",
    "source/raw.md": "---\n",
    "group/notes.md": "# Notes",
  });
  expect(await readCorpus(corpus)).toEqual({ articles: [], problems: [] });
});

test.each<[string, string | Uint8Array, RegExp]>([
  ["no front matter", "# 题\n\n文。\n", /no front matter.*npm run import/],
  ["nothing in it", "", /no front matter/],
  ["front matter without an end", "---\nid: x\ntitle: 题\n\n文。\n", /between two lines of three hyphens/],
  ["a blank behind its first hyphens", article.replace("---", "--- "), /between two lines of three hyphens/],
  ["front matter that lacks a key", article.replace("authors: []\n", ""), /authors/],
  ["front matter that is not YAML", article.replace("题", "["), /not YAML/],
  ["bytes that are not UTF-8", Buffer.from(article, "utf16le"), /utf-8/],
])("a file with %s is left out with the reason, and the others are read", async (_, content, reason) => {
  const corpus = await makeFolder({ "a.md": article, "bad.md": content, "c.md": article });
  const { articles, problems } = await readCorpus(corpus);
  expect(articles.map(({ id }) => id)).toEqual(["a", "c"]);
  expect(problems).toEqual([{ path: "bad.md", reason: expect.stringMatching(reason) }]);
});

test("a pipe and a link to a device are named and not read, which would never end", async () => {
  const corpus = await makeFolder({ "a.md": article, "b/c.md": article });
  execFileSync("mkfifo", [join(corpus, "pipe.md"), join(corpus, "b/pipe.md")]);
  await symlink("/dev/zero", join(corpus, "zero.md"));
  const { articles, problems } = await readCorpus(corpus);
  expect(articles.map(({ id }) => id)).toEqual(["a", "b/c"]);
  expect(problems).toEqual(
    ["pipe.md", "zero.md", "b/pipe.md"].map((path) => ({ path, reason: "is no file" })),
  );
});

test("a corpus that is not there is named", async () => {
  const absent = join(await makeFolder(), "absent");
  await expect(readCorpus(absent)).rejects.toThrow(AppError);
  await expect(readCorpus(absent)).rejects.toThrow(`The corpus folder ${absent} cannot be read`);
});

test("a link to a folder is a collection too, and a folder within one is named where it holds articles", async () => {
  const corpus = await makeFolder({
    "news/a.md": article,
    "news/2024/01/b.md": article,
    "news/pictures/c.jpg": "x",
    "news/source/d.md": article,
  });
  await symlink(join(corpus, "news"), join(corpus, "same"));
  await symlink(join(corpus, "nowhere"), join(corpus, "broken"));
  const { articles, problems } = await readCorpus(corpus);
  expect(articles.map(({ id }) => id)).toEqual(["news/a", "same/a"]);
  const reason = "is a folder in a collection, of which nothing is read: move its articles up";
  expect(problems).toEqual([
    { path: "news/2024", reason },
    { path: "same/2024", reason },
  ]);
});

test("a corpus is read again as it is now, though what has not changed is remembered", async () => {
  const corpus = await makeFolder({ "a.md": article, "b.md": article, "c/d.md": article });
  const memory: CorpusMemory = new Map();
  const before = await readCorpus(corpus, memory);
  await writeFile(join(corpus, "b.md"), article.replace("文。", "改。"));
  await rm(join(corpus, "c"), { recursive: true });
  await writeFile(join(corpus, "e.md"), "---\nid: [\n---\n");
  const after = await readCorpus(corpus, memory);
  expect(after).toEqual(await readCorpus(corpus));
  expect(after.articles[0]).toBe(before.articles[0]);
  expect(after.articles.map(({ id, text }) => [id, text])).toEqual([
    ["a", "文。"],
    ["b", "改。"],
  ]);
  expect(after.problems).toHaveLength(1);
});
