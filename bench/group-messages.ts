import { readFile } from "node:fs/promises";
import { z } from "zod";
import { questionToAll } from "../src/answering/question-to-all.ts";
import { bearsOut, isSure } from "../src/answering/sure.ts";
import type { Assistant } from "../src/assistant.ts";
import { judge } from "../src/evaluation/gold.ts";

const messageSchema = z.object({
  text: z.string().min(1),
  lang: z.string().min(2),
  answer: z.boolean(),
  /** Verbatim; a right answer quotes it. */
  evidence: z.string().min(1).optional(),
  half: z.enum(["fit", "held"]).default("held"),
  kind: z.string().optional(),
});
/** A message in a group, and whether it should be answered. */
export type GroupMessage = z.infer<typeof messageSchema>;

export async function readMessages(file: string): Promise<GroupMessage[]> {
  const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
  return lines.map((line) => messageSchema.parse(JSON.parse(line)));
}

/** What becomes of a message that asks everyone and is answered. */
export interface Reply {
  readonly message: GroupMessage;
  readonly confidence: number;
  readonly isBorneOut: boolean;
  readonly isGiven: boolean;
  /** It should be answered, and a quote holds the evidence. */
  readonly isRight: boolean;
}

export async function replyTo(
  message: GroupMessage,
  assistant: Pick<Assistant, "ask">,
): Promise<Reply | undefined> {
  const question = questionToAll(message.text);
  if (question === undefined) return undefined;
  const answer = await assistant.ask(question);
  if (answer.kind === "not-found") return undefined;
  const { answer: wanted, evidence } = message;
  return {
    message,
    confidence: answer.confidence,
    isBorneOut: bearsOut(answer),
    isGiven: isSure(answer),
    isRight: wanted && evidence !== undefined && judge(answer, { kind: "any", ways: [[evidence]] }).hit,
  };
}

/** Wilson's interval (JASA 1927) of a share: 95 of 100 such hold the share of all. */
export function shareInterval(right: number, all: number): readonly [low: number, high: number] {
  const z2 = 1.96 ** 2;
  const share = right / Math.max(1, all);
  const middle = share + z2 / (2 * Math.max(1, all));
  const spread = Math.sqrt((z2 * (share * (1 - share) + z2 / (4 * Math.max(1, all)))) / Math.max(1, all));
  const scale = 1 + z2 / Math.max(1, all);
  return [(middle - spread) / scale, (middle + spread) / scale];
}
