import { join } from "node:path";
import { rememberRecent } from "./analysis/remember.ts";
import { answer } from "./answering/answer.ts";
import type { Embedder } from "./embedding/embedder.ts";
import { AppError } from "./errors.ts";
import { collectionFolder, groupByCollection } from "./index/collections.ts";
import { type IndexDamage, openIndex } from "./index/open.ts";
import type { Log } from "./log.ts";
import { EMBEDDED_MODEL } from "./options.ts";
import type { Complete } from "./phrasing/client.ts";
import { createPhraser } from "./phrasing/phrase.ts";
import { type Explanation, explainHits } from "./retrieval/explain.ts";
import { type RetrievalParts, retrieve } from "./retrieval/retrieve.ts";
import { createTokenTable } from "./retrieval/token-table.ts";
import type { Answer, Article, ArticleId, Passage } from "./types.ts";

/** Longer than any question; what is pasted by mistake ends here. */
export const MAX_QUESTION_CHARS = 2000;

/** In a group the same is asked again, and buttons ask for what was shown. */
const REMEMBERED_ANSWERS = 500;

/** The one door through which every surface asks. */
export interface Assistant {
  readonly articles: readonly Article[];
  readonly passages: number;
  readonly model: string;
  /** Only where the index in force is damaged, and the one before it answers. */
  readonly damage?: IndexDamage;
  /** How vectors are searched: "exact" where the native index could not be compiled. */
  readonly search: "hnsw" | "exact";
  /** An answer, put into sentences where that is configured. Throws an AppError for an empty or overlong question. */
  ask(question: string): Promise<Answer>;
  /** As `ask`, quotes only: no other program is asked. What was found lately is given again. */
  find(question: string): Promise<Answer>;
  /** Puts an answer of `find` into sentences where that is configured. Never throws. */
  phrase(answer: Answer): Promise<Answer>;
  /** Why passages come in this order. Throws like `ask`. */
  explain(question: string): Promise<Explanation>;
  /** Distinct articles by their best passage, best first. */
  rank(question: string): Promise<readonly ArticleId[]>;
  /** Passages, best first. Throws like `ask`. */
  findPassages(question: string): Promise<readonly Passage[]>;
}

export interface AssistantOptions {
  readonly articles: readonly Article[];
  readonly indexDir: string;
  readonly embedder: Embedder;
  /** Puts answers into sentences of the question's language; without it the quotes stand alone. */
  readonly phrasing?: { readonly complete: Complete; readonly log: Log };
}

/** Opens the index and answers from it. Throws an AppError where the index does not open. */
export async function openAssistant(options: AssistantOptions): Promise<Assistant> {
  const { articles, indexDir, embedder, phrasing } = options;
  const index = await openIndex({ articles, indexDir, embedder });
  const parts: RetrievalParts = { index, embedder, table: createTokenTable(embedder) };
  const phrase = phrasing
    ? createPhraser({ ...parts, ...phrasing, now: () => performance.now() })
    : async (answer: Answer) => answer;
  const answerTo = async (question: string) => answer(checkQuestion(question), parts);
  // The articles of an assistant never change: others are answered from by another assistant.
  const recent = rememberRecent((_question: string): { answer?: Answer } => ({}), {
    max: REMEMBERED_ANSWERS / 2,
    sizeOf: () => 1,
  });
  const find = async (question: string): Promise<Answer> => {
    const known = recent(question.trim());
    known.answer ??= await answerTo(question);
    return known.answer;
  };
  return {
    articles: [...index.articles.values()],
    passages: index.size,
    model: embedder.name,
    search: index.search,
    ...(index.damage ? { damage: index.damage } : {}),
    ask: async (question) => phrase(await answerTo(question)),
    find,
    phrase,
    explain: async (question) => explainHits(await retrieve(checkQuestion(question), parts), parts),
    rank: async (question) => {
      const { hits } = await retrieve(checkQuestion(question), parts);
      return [...new Set(hits.map(({ passage }) => passage.articleId))];
    },
    findPassages: async (question) => {
      const { hits } = await retrieve(checkQuestion(question), parts);
      return hits.map(({ passage }) => passage);
    },
  };
}

/** The assistants of all collections by their names; "" is the default one. */
export type Assistants = ReadonlyMap<string, Assistant>;

/**
 * Opens the index of every collection. Throws an AppError where one does not open.
 *
 * @param before Those of the same articles are given back as they are.
 */
export async function openAssistants(
  { articles, indexDir, ...options }: AssistantOptions,
  before: Assistants = new Map(),
): Promise<Assistants> {
  const assistants = new Map<string, Assistant>();
  for (const [collection, own] of groupByCollection(articles)) {
    const known = before.get(collection);
    const isWhole = known !== undefined && known.damage === undefined;
    const isSame =
      isWhole && known.articles.length === own.length && own.every((one, i) => one === known.articles[i]);
    const folder = collectionFolder(indexDir, collection);
    assistants.set(
      collection,
      isSame ? known : await openAssistant({ ...options, articles: own, indexDir: folder }),
    );
  }
  return assistants;
}

/** What there is of a collection. Throws an AppError that names the collections there are where this one is not. */
export function inCollection<Part>(parts: ReadonlyMap<string, Part>, collection: string): Part {
  const part = parts.get(collection);
  if (part !== undefined) return part;
  const names = [...parts.keys()].filter((name) => name !== "");
  const known = names.length > 0 ? `the corpus has ${names.join(", ")}` : "the corpus has none";
  throw new AppError(`There is no collection ${collection}: ${known}. A subfolder of the corpus is one.`);
}

/** Where the embedded model lies in an installation of the program at `root`. */
export function embeddedModelFolder(root: string): string {
  return join(root, "models", EMBEDDED_MODEL);
}

function checkQuestion(question: string): string {
  const trimmed = question.trim();
  if (trimmed === "") throw new AppError("The question is empty.");
  if (trimmed.length > MAX_QUESTION_CHARS) {
    throw new AppError(
      `The question has ${trimmed.length} characters; at most ${MAX_QUESTION_CHARS} are read.`,
    );
  }
  return trimmed;
}
