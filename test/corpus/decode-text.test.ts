import { readdirSync, readFileSync } from "node:fs";
import { Converter } from "opencc-js/cn2t";
import { describe, expect, test } from "vitest";
import { decodeText } from "../../src/corpus/decode-text.ts";
import { AppError } from "../../src/errors.ts";
import { type Encoding, encodeText } from "../support/encode-text.ts";
import { CLEAN_ARTICLES } from "./clean-articles.ts";
import type { CleanArticle } from "./compose-page.ts";

/** Share of titles cut to four characters; measured: 98.3 %. Everything longer comes back. */
const FOUR_CHARACTERS = 0.98;

type Text = Pick<CleanArticle, "title" | "paragraphs">;
const ENCODINGS: readonly Encoding[] = ["utf-8", "utf-16le", "utf-16be", "gb18030", "big5"];
const toTraditional = Converter({ from: "cn", to: "tw" });
const toHongKong = Converter({ from: "cn", to: "hk" });

const shipped: readonly Text[] = readdirSync(new URL("../../corpus/", import.meta.url))
  .filter((name) => /^page.*\.md$/.test(name))
  .map((name) => {
    const file = readFileSync(new URL(`../../corpus/${name}`, import.meta.url), "utf8");
    return {
      title: /^title: (.*)$/m.exec(file)![1]!,
      paragraphs: file.split("---\n")[2]!.trim().split("\n\n"),
    };
  });
const simplified: readonly Text[] = [...shipped, ...CLEAN_ARTICLES];
const traditional: readonly Text[] = [toTraditional, toHongKong].flatMap((convert) =>
  simplified.map(({ title, paragraphs }) => ({ title: convert(title), paragraphs: paragraphs.map(convert) })),
);
const articles = [...simplified, ...traditional];
const ENGLISH = [
  "The bridge opens",
  "It cost £2 million – “under budget”.",
  "Café Zürich, naïve façade",
  "OK",
];
const MIXED = [
  "5G来了",
  "iPhone 17发布",
  "WTO与中国",
  "A股收涨",
  "GDP增5.2%",
  "Q&A：怎样报名？",
  "2025年",
  "会议通知",
];

/** The share of texts that come back exactly, over every encoding that has all of their characters; what does not. */
function recognise(texts: readonly string[]) {
  const wrong: string[] = [];
  let all = 0;
  for (const text of texts) {
    for (const encoding of ENCODINGS) {
      const bytes = encodeText(text, encoding);
      if (!bytes) continue;
      all++;
      if (readOrReason(bytes) !== text) wrong.push(`${encoding} ${text}`);
    }
  }
  return { share: 1 - wrong.length / all, wrong };
}

function readOrReason(bytes: Uint8Array): string {
  try {
    return decodeText(bytes).text;
  } catch (error) {
    return String(error);
  }
}

const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  articles: articles.map(({ title, paragraphs }) => [title, ...paragraphs].join("\n")),
  paragraphs: articles.flatMap(({ paragraphs }) => paragraphs),
  titles: articles.map(({ title }) => title),
  "titles cut to six characters": articles.map(({ title }) => [...title].slice(0, 6).join("")),
  English: ENGLISH,
  "Chinese mixed with letters and digits": [...MIXED, ...MIXED.map((text) => toTraditional(text))],
};

describe("bytes without a byte order mark become the text they were", () => {
  test.each(Object.entries(SAMPLES))("%s", (_, texts) => {
    expect(recognise(texts).wrong).toEqual([]);
  });

  test("most titles cut to four characters", () => {
    const { share, wrong } = recognise(articles.map(({ title }) => [...title].slice(0, 4).join("")));
    expect(share, wrong.join("\n")).toBeGreaterThanOrEqual(FOUR_CHARACTERS);
  });
});

const [ARTICLE] = traditional;
const TEXT = ARTICLE!.paragraphs.join("\n");

test("a byte order mark decides, and is no part of the text", () => {
  for (const encoding of ["utf-8", "utf-16le", "utf-16be"] as const) {
    for (const text of [...ENGLISH, TEXT]) {
      expect(decodeText(encodeText(`\ufeff${text}`, encoding)!)).toEqual({ text, encoding });
    }
  }
});

test("what a page declares itself decides between GB18030 and Big5, but not against UTF-8", () => {
  const bytes = encodeText("股市收涨", "gb18030")!;
  expect(decodeText(bytes, "GB2312").encoding).toBe("gb18030");
  expect(decodeText(bytes, "big5").encoding).toBe("big5");
  expect(decodeText(bytes, "no-such-encoding").encoding).toBe("gb18030");
  expect(decodeText(encodeText(TEXT, "utf-8")!, "gbk")).toEqual({ text: TEXT, encoding: "utf-8" });
});

test("Hong Kong's characters are read from Big5", () => {
  // 佢哋喺度嘅 as Big5-HKSCS has it.
  const bytes = Uint8Array.of(0xca, 0x5c, 0x92, 0x5d, 0x9d, 0xf6, 0xab, 0xd7, 0x9d, 0xef);
  expect(decodeText(bytes, "big5").text).toBe("佢哋喺度嘅");
  expect(decodeText(Buffer.concat([encodeText(TEXT, "big5")!, bytes])).text).toBe(`${TEXT}佢哋喺度嘅`);
});

test("a character that the file's end cuts off is dropped", () => {
  for (const encoding of ENCODINGS) {
    const bytes = encodeText(encoding.startsWith("utf-16") ? `\ufeff${TEXT}` : TEXT, encoding)!;
    expect(decodeText(bytes.slice(0, -1))).toEqual({ text: TEXT.slice(0, -1), encoding });
  }
});

test("a few stray bytes in a long text are replaced and told; many are no text", () => {
  for (const encoding of ["utf-8", "gb18030", "big5"] as const) {
    const bytes = Buffer.from(encodeText(TEXT, encoding)!);
    const stray = Buffer.concat([bytes, Buffer.of(0xff, 0x0a), bytes, bytes, bytes]);
    const { text, warning } = decodeText(stray);
    expect(text).toBe(`${TEXT}\ufffd\n${TEXT.repeat(3)}`);
    expect(warning).toBe(`1 character could not be decoded from ${encoding}`);
    const many = Buffer.concat(Array.from({ length: 8 }, () => Buffer.of(0xff, 0x0a, 0xc4)));
    expect(() => decodeText(Buffer.concat([bytes, many]))).toThrow(/^is neither UTF-8, /);
  }
});

test("what is no text is refused", () => {
  const noise = Buffer.from(
    Array.from({ length: 4000 }, (_, index) => (index * index * 31 + index * 7) % 251),
  );
  const png = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0", "latin1"), noise]);
  for (const bytes of [noise, png]) expect(() => decodeText(bytes)).toThrow(AppError);
  expect(() => decodeText(Buffer.from("a text\0 with a NUL byte"))).toThrow(
    "holds NUL bytes and is not text",
  );
});

test("an empty file is an empty text", () => {
  expect(decodeText(new Uint8Array()).text).toBe("");
});
