import { expect, test } from "vitest";
import { readPage } from "../../src/corpus/page.ts";
import { CLEAN_ARTICLES } from "./clean-articles.ts";

const NEWS = CLEAN_ARTICLES.slice(0, 4).map(({ title, paragraphs }) => ({ title, paragraphs }));
const wrap = (paragraph: string) => `　　${paragraph}`.match(/.{1,30}/gsu)!.join("\n");

function read(text: string) {
  const { articles, unplaced } = readPage(text);
  expect(unplaced).toEqual([]);
  return articles.map(({ title, paragraphs }) => ({ title, paragraphs }));
}

test.each([
  ["under marked titles", (title: string) => `【${title}】\n`, "\n\n"],
  ["under marked titles, with rules between", (title: string) => `【${title}】\n`, "\n\n----------\n\n"],
  ["between rules", (title: string) => `${title}\n\n`, "\n\n==========\n\n"],
])("a bulletin's articles stand %s", (_, head, between) => {
  for (const layout of [wrap, (paragraph: string) => `　　${paragraph}`]) {
    const texts = NEWS.map(({ title, paragraphs }) => head(title) + paragraphs.map(layout).join("\n"));
    const folio = "云溪快讯 2025年9月8日 第36期";
    expect(read([folio, "", texts.join(between), between.trim()].join("\n"))).toEqual(NEWS);
    expect(readPage(`${folio}\n\n${texts.join(between)}`).articles.map((one) => one.publishedAt)).toEqual(
      NEWS.map(() => "2025-09-08"),
    );
  }
});

test("a rule within one article, and what stands below one, make no further article", () => {
  const [{ title, paragraphs }] = NEWS as [(typeof NEWS)[0]];
  const [first, ...others] = paragraphs;
  expect(read([title, first, "----------", ...others].join("\n\n"))).toHaveLength(1);
  expect(read([title, ...paragraphs, "----------", "附件", "表格见网站。"].join("\n\n"))).toHaveLength(1);
  expect(read([title, "【提要】", ...paragraphs].join("\n\n"))).toHaveLength(1);
});
