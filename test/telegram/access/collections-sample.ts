import { type Assistants, embeddedModelFolder, openAssistants } from "../../../src/assistant.ts";
import { loadEmbedder } from "../../../src/embedding/transformers.ts";
import { buildCollections } from "../../../src/index/collections.ts";
import { articleKey } from "../../../src/telegram/article-key.ts";
import type { Article } from "../../../src/types.ts";
import { makeArticle, makeFolder, projectPath } from "../../index/sample.ts";

/** A word that stands in every sentence and in the title of a collection's articles, and in no other's. */
export const MARKS = { "": "江桥", 甲组: "青禾", "team b": "Lantern" };
export type Name = keyof typeof MARKS;
export const NAMES = Object.keys(MARKS) as Name[];

const chinese = (mark: string): [string, string][] => [
  [
    `${mark}水库提前完工`,
    `${mark}水库今年六月完工。${mark}水库的蓄水量是三千万立方米。负责${mark}工程的是王海清。`,
  ],
  [
    `${mark}三条措施保安全`,
    `${mark}镇提出三条措施：一是${mark}每月检查一次；二是${mark}每季培训一次；三是${mark}每年演练一次。${mark}镇的人都说好。`,
  ],
];
const ARTICLES: Readonly<Record<Name, readonly [title: string, text: string][]>> = {
  "": chinese(MARKS[""]),
  甲组: chinese(MARKS.甲组),
  "team b": [
    [
      "Lantern opens a reservoir",
      "The Lantern reservoir was completed in June. The Lantern project was led by Wang Haiqing.",
    ],
    [
      "Three measures of Lantern",
      "Lantern announced three measures: first, a Lantern check every month; second, Lantern training every season; third, a Lantern drill every year.",
    ],
  ],
};

export const articlesOf = (collection: Name): readonly Article[] =>
  ARTICLES[collection].map(([title, text], at) => ({
    ...makeArticle(`${collection === "" ? "" : `${collection}/`}no-${at}-${MARKS[collection]}`, title, text),
    collection,
    authors: [`${MARKS[collection]}记者`],
  }));
export const ALL = NAMES.flatMap(articlesOf);

/** What only a collection's articles say: their mark, ids, titles, keys and sentences. */
export function wordsOf(collection: Name): readonly string[] {
  const parts = ({ id, title, text }: Article) => [
    ...[id, title, articleKey(id)],
    ...text.split(/(?<=[。.;；])/).map((sentence) => sentence.trim()),
  ];
  return [MARKS[collection], ...articlesOf(collection).flatMap(parts)];
}

/** Real assistants of them, with an index that goes with the test. */
export async function openSample(): Promise<Assistants> {
  const indexDir = await makeFolder();
  const embedder = await loadEmbedder(embeddedModelFolder(projectPath()));
  await buildCollections({ articles: ALL, indexDir, embedder });
  return openAssistants({ articles: ALL, indexDir, embedder });
}
