/**
 * Fits how confident an answer must be that nobody asked for (src/answering/sure.ts), and measures who is answered:
 * tsx bench/fit-auto-answer.ts [MESSAGES.jsonl …]
 *
 * Of the bars it prints the one that lets most right answers through while the lower end of the interval of their
 * precision, on the fit half of test/datasets/group-messages, is at least MIN_PRECISION. Then the figures of each half
 * and of the files named.
 */
import { join } from "node:path";
import { embeddedModelFolder, openAssistant } from "../src/assistant.ts";
import { readCorpus } from "../src/corpus/read-corpus.ts";
import { loadEmbedder } from "../src/embedding/transformers.ts";
import { type GroupMessage, type Reply, readMessages, replyTo, shareInterval } from "./group-messages.ts";

/** Two points more than is promised: the rules were mended with messages of the same hand. */
const MIN_PRECISION = 0.97;
const BARS = Array.from({ length: 50 }, (_, i) => (50 + i) / 100);

const root = join(import.meta.dirname, "..");
const embedder = await loadEmbedder(embeddedModelFolder(root));
const { articles } = await readCorpus(join(root, "corpus"));
const assistant = await openAssistant({ articles, indexDir: join(root, "index"), embedder });

const own = await readMessages(join(root, "test/datasets/group-messages/messages.jsonl"));
const fitted = own.filter(({ half }) => half === "fit");
fitBar(await repliesTo(fitted));
await measure("fit", fitted);
await measure(
  "held",
  own.filter(({ half }) => half === "held"),
);
for (const file of process.argv.slice(2)) await measure(file, await readMessages(file));

async function repliesTo(messages: readonly GroupMessage[]): Promise<Reply[]> {
  const replies: Reply[] = [];
  for (const message of messages)
    replies.push(...[await replyTo(message, assistant)].flatMap((one) => one ?? []));
  return replies;
}

function fitBar(replies: readonly Reply[]): void {
  const borneOut = replies.filter(({ isBorneOut }) => isBorneOut);
  const bar = BARS.find((least) => {
    const given = borneOut.filter(({ confidence }) => confidence >= least);
    const [low] = shareInterval(given.filter(({ isRight }) => isRight).length, given.length);
    return low >= MIN_PRECISION;
  });
  console.log(`least confidence: ${bar ?? "none is enough"}`);
}

async function measure(name: string, messages: readonly GroupMessage[]): Promise<void> {
  const given = (await repliesTo(messages)).filter(({ isGiven }) => isGiven);
  console.log(`${name}: ${messages.length} messages`);
  for (const language of ["", ...new Set(messages.map(({ lang }) => lang))]) {
    const isOf = (message: GroupMessage) => language === "" || message.lang === language;
    const answered = given.filter(({ message }) => isOf(message));
    const right = answered.filter(({ isRight }) => isRight).length;
    const wanted = messages.filter((message) => message.answer && isOf(message)).length;
    console.log(
      `  ${language || "all"}: precision ${shown(right, answered.length)}, recall ${shown(right, wanted)}`,
    );
  }
  for (const { message, isRight } of given) {
    if (!isRight) console.log(`  false: ${message.kind ?? ""} ${message.text}`);
  }
}

function shown(right: number, all: number): string {
  if (all === 0) return "–";
  const [low, high] = shareInterval(right, all).map((end) => (100 * end).toFixed(1));
  return `${right}/${all} (${low}–${high} %)`;
}
