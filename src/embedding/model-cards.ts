import type { TextRole } from "./embedder.ts";

/** How a model of the hub wants to be used, as its card there says. */
export interface ModelCard {
  /** Which of the token vectors make a text's: the mean of all, or the first. */
  readonly pooling: "mean" | "cls";
  /** What goes before a text. */
  readonly prefix: Readonly<Record<TextRole, string>>;
}

const SEARCH = "Represent this sentence for searching relevant passages: ";
const TASK = "Given a web search query, retrieve relevant passages that answer the query";

/** By the model's name without its owner; the first that fits counts, the last fits all. */
const CARDS: readonly (readonly [
  name: RegExp,
  pooling: ModelCard["pooling"],
  query: string,
  passage: string,
])[] = [
  [/\be5-.*instruct/i, "mean", `Instruct: ${TASK}\nQuery: `, ""],
  [/\be5\b/i, "mean", "query: ", "passage: "],
  [/\bbge-.*-zh\b/i, "cls", "为这个句子生成表示以用于检索相关文章：", ""],
  [/\bbge-.*-en\b/i, "cls", SEARCH, ""],
  [/\bbge-/i, "cls", "", ""],
  [/\barctic-embed-.*v2/i, "cls", "query: ", ""],
  [/\b(arctic-embed|mxbai-embed)/i, "cls", SEARCH, ""],
  [/\bgte-(.*-zh|.*-v1\.5|multilingual|modernbert)/i, "cls", "", ""],
  [/\b(granite-embedding|LaBSE)/i, "cls", "", ""],
  [/\bnomic-embed-text/i, "mean", "search_query: ", "search_document: "],
  [/^/, "mean", "", ""],
];

/** The card of a model by its hub name; means without prefixes where the table does not know it. */
export function findModelCard(name: string): ModelCard {
  const model = name.slice(name.indexOf("/") + 1);
  const [, pooling, query, passage] = CARDS.find(([pattern]) => pattern.test(model))!;
  return { pooling, prefix: { query, passage } };
}
