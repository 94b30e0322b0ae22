import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { fieldText } from "../../src/answering/fields.ts";
import type { Assistant } from "../../src/assistant.ts";
import { askInDialogue, type Turn } from "../../src/dialogue/ask-in-dialogue.ts";
import type { Answer } from "../../src/types.ts";
import { assistantOver, dialogueArticles } from "./assistant.ts";
import { DIALOGUES, type Dialogue, isRight } from "./dialogue.ts";

interface Rate {
  readonly right: number;
  readonly of: number;
}
/** Turns behind the first: those that carry over, and those that stand on their own. */
interface Rates {
  readonly followUps: Rate;
  readonly standing: Rate;
}

/** What is reached; a change that answers fewer lowers a bar here, in sight. */
const BARS: Readonly<Record<Dialogue["half"], Rates>> = JSON.parse(
  readFileSync(new URL("rates.json", import.meta.url), "utf8"),
);

let assistant: Assistant;
beforeAll(async () => {
  assistant = await assistantOver(await dialogueArticles());
});

function expectVerbatim(answer: Answer): void {
  if (answer.kind === "not-found") return;
  for (const quote of answer.quotes) {
    const article = assistant.articles.find(({ id }) => id === quote.articleId)!;
    expect(fieldText(article, quote.field).slice(quote.start, quote.end)).toBe(quote.text);
  }
}

/** Asks a dialogue from its first turn to its last; whether each turn is right. */
async function hold({ turns }: Dialogue): Promise<readonly boolean[]> {
  const right: boolean[] = [];
  let last: Turn | undefined;
  for (const turn of turns) {
    const understood = await askInDialogue(turn.question, last, assistant);
    expectVerbatim(understood.answer);
    expect(understood.answer.question).toBe(turn.question);
    right.push(isRight(understood, turn));
    // As it is kept in a database.
    last = JSON.parse(JSON.stringify({ question: understood.question, answer: understood.answer })) as Turn;
  }
  return right;
}

describe.each(Object.entries(BARS))("dialogues: %s", (half, bars) => {
  test("follow-ups carry over what they lack, questions that stand on their own do not", async () => {
    const counts = { followUps: { right: 0, of: 0 }, standing: { right: 0, of: 0 } };
    const wrong: string[] = [];
    for (const dialogue of DIALOGUES.filter((one) => one.half === half)) {
      const right = await hold(dialogue);
      expect(right[0], `${dialogue.id} begins with an answer`).toBe(true);
      for (const [i, turn] of [...dialogue.turns.entries()].slice(1)) {
        const count = turn.carriesOver ? counts.followUps : counts.standing;
        count.of++;
        if (right[i]) count.right++;
        else wrong.push(`${dialogue.id} ${turn.question}`);
      }
    }
    const reached = ({ followUps, standing }: Rates) => [followUps.of, standing.of];
    expect(reached(counts)).toEqual(reached(bars));
    expect(counts.followUps.right, wrong.join("\n")).toBeGreaterThanOrEqual(bars.followUps.right);
    expect(counts.standing.right, wrong.join("\n")).toBeGreaterThanOrEqual(bars.standing.right);
  });
});

test("at least a third of the second turns stand on their own", () => {
  const standing = DIALOGUES.filter(({ turns }) => !turns[1]!.carriesOver);
  expect(standing.length * 3).toBeGreaterThanOrEqual(DIALOGUES.length);
});
