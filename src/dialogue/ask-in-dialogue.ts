import type { Assistant } from "../assistant.ts";
import type { Answer } from "../types.ts";

/** What was last asked and answered, as far as a follow-up needs it. */
export interface Turn {
  readonly question: string;
  readonly answer: Answer;
}

export interface Understood {
  readonly answer: Answer;
  /** The question as it stands on its own, which a next follow-up carries on from. */
  readonly question: string;
  /** Whether anything was taken from the last turn. */
  readonly carriedOver: boolean;
  /** The item of the last list that was wanted and that the source does not give. */
  readonly missingItem?: {
    readonly wanted: number;
    readonly found: number;
    readonly declared: number | null;
  };
}

/** Answers a question as it is meant after the last one. */
export async function askInDialogue(
  question: string,
  _last: Turn | undefined,
  assistant: Pick<Assistant, "ask" | "articles">,
): Promise<Understood> {
  return { answer: await assistant.ask(question), question, carriedOver: false };
}
