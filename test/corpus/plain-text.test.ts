import { expect, test } from "vitest";
import { readerFor } from "../../src/corpus/readers.ts";
import { CLEAN_ARTICLES } from "./clean-articles.ts";
import type { CleanArticle } from "./compose-page.ts";

async function read(name: string, text: string) {
  const { articles } = await readerFor(name)!(new TextEncoder().encode(text), name);
  return articles.map(({ title, authors, paragraphs }) => ({ title, authors, paragraphs }));
}

/** Lines of 30 characters, as a terminal program wraps Chinese. */
function wrap(paragraph: string): string {
  return paragraph.match(/.{1,30}/gsu)!.join("\n");
}

type Layout = (article: CleanArticle) => string;

const ANONYMOUS: Readonly<Record<string, Layout>> = {
  "one long line a paragraph": ({ title, paragraphs }) => [title, ...paragraphs].join("\n"),
  "wrapped, blank lines between paragraphs": ({ title, paragraphs }) =>
    [title, ...paragraphs.map(wrap)].join("\n\n"),
  "wrapped, paragraphs set in without blank lines": ({ title, paragraphs }) =>
    [title, ...paragraphs.map((paragraph) => wrap(`　　${paragraph}`))].join("\n"),
  "Windows line ends, byte order mark, tabs": ({ title, paragraphs }) =>
    `\ufeff${[title, ...paragraphs.map((paragraph) => `\t${paragraph}`)].join("\r\n")}\r\n`,
  "Windows line ends, ideographic spaces, blank lines": ({ title, paragraphs }) =>
    [title, ...paragraphs.map((paragraph) => `　　${paragraph}`)].join("\r\n\r\n"),
};

const SIGNED: Readonly<Record<string, Layout>> = {
  "a byline at the end": ({ title, paragraphs, authors }) =>
    `${[title, ...paragraphs].join("\n")}（${authors.join("、")}）\n`,
  "a byline on its own line behind wrapped paragraphs": ({ title, paragraphs, authors }) =>
    `${[title, ...paragraphs.map(wrap)].join("\n\n")}\n\n（${authors.join(" ")}）\n`,
  "a line of names under the title": ({ title, paragraphs, authors }) =>
    [title, `本报记者 ${authors.join(" ")}`, ...paragraphs].join("\n"),
  "a line of names under the title, wrapped paragraphs": ({ title, paragraphs, authors }) =>
    [title, `记者 ${authors.join(" ")}`, ...paragraphs.map(wrap)].join("\n\n"),
};

test.each(Object.entries(ANONYMOUS))("a plain text is whole again: %s", async (_, layout) => {
  for (const { title, paragraphs, ...article } of CLEAN_ARTICLES) {
    const text = layout({ ...article, title, paragraphs });
    expect(await read("a.txt", text)).toEqual([{ title, authors: [], paragraphs }]);
  }
});

test.each(Object.entries(SIGNED))("a plain text keeps its authors: %s", async (_, layout) => {
  for (const article of CLEAN_ARTICLES) {
    expect(await read("a.txt", layout(article))).toEqual([article]);
  }
});

test("Markdown with Windows line ends is whole again, wrapped or not", async () => {
  for (const { title, paragraphs } of CLEAN_ARTICLES) {
    for (const layout of [wrap, (paragraph: string) => `　　${paragraph}`]) {
      const text = `\ufeff# ${[title, ...paragraphs.map(layout)].join("\n\n")}\n`.replaceAll("\n", "\r\n");
      expect(await read("a.md", text)).toEqual([{ title, authors: [], paragraphs }]);
    }
  }
});

test("a hard-wrapped English text keeps its paragraphs, and its words apart", async () => {
  const text = `A Town Rebuilds Its Bridge

The old bridge over the river closed in March, and for six months
the people of the town had to drive 12 miles to the nearest
crossing. On Monday it opened again.

The mayor said the work cost 2.4 million dollars. "We did it
on time," she said, "and under budget." Buses will use it from
2027.
`;
  const body = text.trim().split("\n\n").slice(1);
  const paragraphs = body.map((paragraph) => paragraph.replaceAll("\n", " "));
  expect(await read("a.txt", text)).toEqual([
    { title: "A Town Rebuilds Its Bridge", authors: [], paragraphs },
  ]);
});

test("subheadings and short paragraphs, a line each, are never joined", async () => {
  const lines = [
    "一座老站的新生",
    "从货场到公园的变化",
    "过去，这里堆满了煤。",
    "居民的一天从这里开始",
    "现在，每天早晨都有人来跑步、下棋、唱歌，孩子们在草坪上追着风筝，老人坐在长椅上晒太阳，谈起从前的事。",
    "下一步的打算已经有了",
    "管理处说，还要再种300棵树。",
  ];
  const [article] = await read("a.txt", lines.join("\n"));
  expect(article!.paragraphs).toEqual(lines.slice(1));
});
