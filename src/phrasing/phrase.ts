import { detectLanguage } from "../analysis/language.ts";
import { widthOf } from "../chunking/passages.ts";
import { messageOf } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Answer, PhrasedSentence } from "../types.ts";
import type { Complete } from "./client.ts";
import { isVerifiable, promptFor, readReply } from "./reply.ts";
import { objectionTo, type SupportParts } from "./support.ts";

/** An answer is never held back longer. */
export const PHRASING_TIMEOUT_MS = 20_000;
/** After so many failures in a row the server is left alone for so long. */
const FAILURES = 2;
const PAUSE_MS = 60_000;
/** In Han characters; a letter counts for a part of one. */
const MIN_SENTENCE_WIDTH = 5;
const MAX_TOKENS = 300;

export interface PhraserPartners extends SupportParts {
  readonly complete: Complete;
  readonly log: Pick<Log, "debug" | "warn">;
  /** Milliseconds that only go forward. */
  readonly now: () => number;
  /** Default `PHRASING_TIMEOUT_MS`. */
  readonly timeoutMs?: number;
}

/**
 * Puts answers into sentences of the question's language where it is Chinese or English, each bound to a quote that
 * supports it; what cannot be verified is dropped. A list stays its items: a sentence on some of them would look whole.
 * Never throws: where the server fails, the quotes stand alone.
 */
export function createPhraser(partners: PhraserPartners): (answer: Answer) => Promise<Answer> {
  const { complete, log, now, timeoutMs = PHRASING_TIMEOUT_MS } = partners;
  let failures = 0;
  let pausedUntil = 0;

  return async (answer) => {
    if (answer.kind !== "answered" || answer.list || !isVerifiable(answer.language) || now() < pausedUntil)
      return answer;
    try {
      const { text, model } = await complete(promptFor(answer), MAX_TOKENS, AbortSignal.timeout(timeoutMs));
      failures = 0;
      const sentences: PhrasedSentence[] = [];
      for (const sentence of readReply(text, answer.quotes)) {
        const objection = sentences.some((other) => other.text === sentence.text)
          ? "said before"
          : await objectionToSentence(sentence, answer, partners);
        if (objection === undefined) sentences.push(sentence);
        else log.debug("phrased sentence dropped", { ...sentence, objection });
      }
      return sentences.length === 0 ? answer : { ...answer, phrasing: { sentences, model } };
    } catch (error) {
      failures++;
      const pauses = failures >= FAILURES;
      if (pauses) pausedUntil = now() + PAUSE_MS;
      log.warn("answer not phrased", { reason: messageOf(error), ...(pauses ? { pauseMs: PAUSE_MS } : {}) });
      return answer;
    }
  };
}

async function objectionToSentence(
  { text, citation }: PhrasedSentence,
  { question, language, quotes }: Extract<Answer, { kind: "answered" }>,
  parts: SupportParts,
): Promise<string | undefined> {
  const primary = (tag: string) => tag.split("-")[0];
  // "优异。" may stand in a quote and answers nothing; "6名。" does.
  if (!/\p{N}/u.test(text) && widthOf(text, { start: 0, end: text.length }) < MIN_SENTENCE_WIDTH)
    return "no sentence";
  const quote = quotes.find((each) => each.citation === citation)!;
  if (primary(await detectLanguage(text)) !== primary(language)) return "another language";
  if (!isVerifiable(await detectLanguage(quote.text))) return "quote in a language that is not verified";
  return objectionTo(text, quote.text, `${question}\n${quote.title}\n${quote.authors.join("、")}`, parts);
}
