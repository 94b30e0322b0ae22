import { readFileSync } from "node:fs";
import type { Understood } from "../../src/dialogue/ask-in-dialogue.ts";

/** A turn of a dialogue, and what is right. */
export interface DialogueTurn {
  readonly question: string;
  readonly carriesOver: boolean;
  /** What some quote holds or, with `field` or `detail`, what it is. */
  readonly holds?: string;
  readonly field?: "authors" | "title";
  readonly detail?: "publishedAt" | "source";
  /** The first quote. */
  readonly item?: string;
  readonly notFound?: true;
  readonly missing?: Understood["missingItem"];
}

export interface Dialogue {
  readonly id: string;
  /** What it was used for, see README.md. */
  readonly half: "tune" | "unseen" | "later";
  readonly turns: readonly DialogueTurn[];
}

export const DIALOGUES: readonly Dialogue[] = readFileSync(
  new URL("dialogues.jsonl", import.meta.url),
  "utf8",
)
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

/** Whether the answer is what the turn says, and carried over what it says. */
export function isRight(
  { answer, carriedOver, missingItem, detail }: Understood,
  turn: DialogueTurn,
): boolean {
  if (carriedOver !== turn.carriesOver) return false;
  if (answer.kind === "not-found")
    return turn.notFound === true && JSON.stringify(missingItem) === JSON.stringify(turn.missing);
  if (turn.notFound) return false;
  const first = answer.quotes[0]!;
  if (turn.item !== undefined) return first.text === turn.item;
  if (turn.detail !== undefined) return detail === turn.detail && first[turn.detail] === turn.holds;
  if (turn.field !== undefined) return first.field === turn.field && first.text === turn.holds;
  return answer.quotes.some(({ text }) => text.includes(turn.holds!));
}
