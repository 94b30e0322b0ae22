/**
 * How follow-up questions of a set of dialogues fare on the shipped articles: `npx tsx bench/measure-dialogues.ts
 * [FILE]`, by default those by another hand. A turn is right when its answer is as expected; it goes on from
 * what the program said before, right or wrong, as with a reader.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { embeddedModelFolder, openAssistant } from "../src/assistant.ts";
import { readCorpus } from "../src/corpus/read-corpus.ts";
import { askInDialogue, type Turn, type Understood } from "../src/dialogue/ask-in-dialogue.ts";
import { loadEmbedder } from "../src/embedding/transformers.ts";

const root = join(import.meta.dirname, "..");
const expectation = z.union([
  z.object({ evidence: z.array(z.string()).min(1) }),
  z.object({ item: z.string() }),
  z.object({ authors: z.array(z.string()) }),
  z.object({ notFound: z.literal(true) }),
]);
const dialogue = z.object({
  id: z.string(),
  lang: z.string(),
  turns: z.array(z.object({ question: z.string(), carriesOver: z.boolean(), expect: expectation })),
});

function isRight(expected: z.infer<typeof expectation>, { answer }: Understood): boolean {
  if ("notFound" in expected) return answer.kind === "not-found";
  if (answer.kind !== "answered") return false;
  const quoted = answer.quotes.map(({ text }) => text);
  if ("item" in expected)
    return quoted[0]!.includes(expected.item) && quoted[0]!.length < 2 * expected.item.length + 5;
  if ("authors" in expected)
    return (
      answer.quotes[0]!.field === "authors" && expected.authors.every((name) => quoted[0]!.includes(name))
    );
  const said = [...quoted, ...(answer.list?.items ?? [])];
  return expected.evidence.some((evidence) => said.some((text) => text.includes(evidence)));
}

const [file = join(root, "bench/datasets/unseen-dialogues/dialogues.jsonl")] = process.argv.slice(2);
const dialogues = readFileSync(file, "utf8")
  .trim()
  .split("\n")
  .map((line) => dialogue.parse(JSON.parse(line)));
const { articles } = await readCorpus(join(root, "corpus"));
const embedder = await loadEmbedder(embeddedModelFolder(root));
const assistant = await openAssistant({ articles, indexDir: join(root, "index"), embedder });

const counts = new Map<string, { right: number; decided: number; all: number }>();
for (const { lang, turns } of dialogues) {
  let last: Turn | undefined;
  for (const [i, { question, carriesOver, expect }] of turns.entries()) {
    const understood = await askInDialogue(question, last, assistant);
    const kind = i === 0 ? "first turns" : carriesOver ? "follow-ups" : "later turns that stand alone";
    const right = isRight(expect, understood);
    const decided = understood.carriedOver === carriesOver;
    for (const name of [kind, `${kind}, ${lang}`]) {
      const count = counts.get(name) ?? { right: 0, decided: 0, all: 0 };
      counts.set(name, {
        right: count.right + Number(right),
        decided: count.decided + Number(decided),
        all: count.all + 1,
      });
    }
    last = { question: understood.question, answer: understood.answer };
  }
}
for (const [name, { right, decided, all }] of [...counts].sort(([a], [b]) => a.localeCompare(b)))
  console.log(`${name}: ${right} of ${all} answered as expected, ${decided} taken as they were meant`);
