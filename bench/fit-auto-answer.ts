/**
 * Fits how confident an answer must be that nobody asked for (src/answering/sure.ts), and measures who is answered:
 * tsx bench/fit-auto-answer.ts [MESSAGES.jsonl …]
 *
 * Of the two bars, in the language of the articles and in another, it prints the pair that lets most right answers
 * through while the lower end of the interval of their precision, on the fit half of
 * test/datasets/group-messages, is at least MIN_PRECISION. Then the figures of each half and of the files named.
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
fitBars(await repliesTo(fitted));
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

function fitBars(replies: readonly Reply[]): void {
  const borneOut = replies.filter(({ isBorneOut }) => isBorneOut);
  let best = { right: -1, same: 1, across: 1 };
  for (const same of BARS) {
    for (const across of BARS) {
      const given = borneOut.filter(({ confidence, isAcross }) => confidence >= (isAcross ? across : same));
      const right = given.filter(({ isRight }) => isRight).length;
      const [low] = shareInterval(right, given.length);
      if (low >= MIN_PRECISION && right >= best.right) best = { right, same, across };
    }
  }
  console.log(`bars: ${best.same} in the language of the articles, ${best.across} in another`);
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
