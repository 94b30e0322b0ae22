import { z } from "zod";
import type { ArticleId } from "../types.ts";
import { askedColumns } from "./asked.ts";
import type { Database } from "./database.ts";

const gap = z.object({
  ...askedColumns,
  /** BCP 47 tag of its language. */
  askedIn: z.string(),
  /** "answered" or "dismissed" by an admin; null while it is open. */
  settled: z.string().nullable(),
});

/** A question that was not answered, or whose answer somebody found wrong. */
export type Gap = z.infer<typeof gap>;

/** A message to an admin that shows questions and may be answered by replying to it. */
export interface GapPrompt {
  readonly id: number;
  readonly chat: number;
  readonly message: number;
  /** What the reply became; null while there is none. */
  readonly article: ArticleId | null;
}

/** Somebody who is to be told of an answer, or was. */
export interface Telling extends Gap {
  readonly prompt: number;
  /**
   * The message that told it; -1 where only the asker sees that, 0 where none came through, -2 while it is being sent,
   * null while it is to be sent.
   */
  readonly told: number | null;
  /** Which answer of the prompt it is, from 1: one that was withdrawn, -1, may be followed by another, 2. */
  readonly telling: number;
}

export interface GapStore {
  /** The newest open ones of a collection, since a time, newest first. */
  open(collection: string, since: number, limit: number): Gap[];
  /** How many are open in each collection, the most first. */
  counts(): { readonly collection: string; readonly count: number }[];
  get(asked: number): Gap | undefined;
  dismiss(asked: readonly number[]): void;
  reopen(asked: readonly number[]): void;
  addPrompt(place: Pick<GapPrompt, "chat" | "message">, asked: readonly number[]): number;
  prompt(id: number): GapPrompt | undefined;
  promptAt(chat: number, message: number): GapPrompt | undefined;
  /** The questions of a prompt that are still kept, newest first. */
  asked(prompt: number): Gap[];
  /** The prompts that show something of a person. */
  promptsOf(person: number): GapPrompt[];
  setArticle(prompt: number, article: ArticleId | null): void;
  /** These are answered, and those of them are to be told of it. */
  answered(prompt: number, asked: readonly number[], told: readonly number[]): void;
  /** Who is still to be told, and who was told of a prompt's answer. */
  untold(): Telling[];
  told(prompt: number): Telling[];
  /** Somebody is being told: from now on not to be told again. False where that is so already. */
  claim(prompt: number, asked: number): boolean;
  /** Whether this is still the answer that is to be told, and not withdrawn. */
  isCurrent(telling: Telling): boolean;
  /** Who was being told when the program ended is to be told; what was sent to others for it is forgotten. */
  unclaim(): void;
  /** Notes what `Telling.told` says, unless it was withdrawn meanwhile. */
  setTold(telling: Telling, message: number | null): void;
  /** Nobody is to be told of a prompt's answer, and who was told is to hear of that. */
  withdraw(prompt: number): void;
  /** Those whose message does not say yet that it is withdrawn. `setTold` with null notes that it does. */
  unwithdrawn(): Telling[];
  /** Deletes the prompts of which every question is gone. */
  deleteEmptyPrompts(): void;
}

const COLUMNS = `asked.id, at, surface, asked.chat, topic, person, collection, language, asked.message, meant,
  json_extract(answer, '$.language') AS askedIn, settled`;
/** Of what was said to others nobody waits for the answer. */
const OPEN = `settled IS NULL AND ((kind = 'not-found' AND surface <> 'auto')
  OR EXISTS (SELECT 1 FROM feedback WHERE asked = asked.id AND value = -1))`;
const TELLINGS = `SELECT ${COLUMNS}, prompt, told, telling FROM gap_prompt_asked JOIN asked ON asked.id = asked`;
const TOLD = `${TELLINGS} WHERE telling > 0`;

const promptRow = z.object({
  id: z.number(),
  chat: z.number(),
  message: z.number(),
  article: z
    .string()
    .transform((id) => id as ArticleId)
    .nullable(),
});
const telling = gap.extend({ prompt: z.number(), told: z.number().nullable(), telling: z.number() });

export function createGapStore(database: Database): GapStore {
  const settle = (asked: readonly number[], how: string | null) => {
    for (const id of asked) database.run("UPDATE asked SET settled = ? WHERE id = ?", how, id);
  };
  return {
    open: (collection, since, limit) =>
      database.all(
        gap,
        `SELECT ${COLUMNS} FROM asked WHERE collection = ? AND at >= ? AND ${OPEN} ORDER BY asked.id DESC LIMIT ?`,
        ...[collection, since, limit],
      ),
    counts: () =>
      database.all(
        z.object({ collection: z.string(), count: z.number() }),
        `SELECT collection, COUNT(*) AS count FROM asked WHERE ${OPEN} GROUP BY collection ORDER BY count DESC`,
      ),
    get: (id) => database.get(gap, `SELECT ${COLUMNS} FROM asked WHERE asked.id = ?`, id),
    dismiss: (asked) => database.atomically(() => settle(asked, "dismissed")),
    reopen: (asked) => database.atomically(() => settle(asked, null)),
    addPrompt: ({ chat, message }, asked) =>
      database.atomically(() => {
        const { id } = database.run("INSERT INTO gap_prompt (chat, message) VALUES (?, ?)", chat, message);
        for (const one of asked)
          database.run("INSERT INTO gap_prompt_asked (prompt, asked) VALUES (?, ?)", id, one);
        return id;
      }),
    prompt: (id) => database.get(promptRow, "SELECT * FROM gap_prompt WHERE id = ?", id),
    promptAt: (chat, message) =>
      database.get(promptRow, "SELECT * FROM gap_prompt WHERE chat = ? AND message = ?", chat, message),
    asked: (prompt) =>
      database.all(
        gap,
        `SELECT ${COLUMNS} FROM gap_prompt_asked JOIN asked ON asked.id = asked WHERE prompt = ? ORDER BY asked.id DESC`,
        prompt,
      ),
    promptsOf: (person) =>
      database.all(
        promptRow,
        `SELECT * FROM gap_prompt WHERE id IN
           (SELECT prompt FROM gap_prompt_asked JOIN asked ON asked.id = asked WHERE person = ?)`,
        person,
      ),
    setArticle: (prompt, article) =>
      void database.run("UPDATE gap_prompt SET article = ? WHERE id = ?", article, prompt),
    answered: (prompt, asked, told) =>
      database.atomically(() => {
        settle(asked, "answered");
        for (const one of told)
          database.run(
            "UPDATE gap_prompt_asked SET telling = ABS(telling) + 1, told = NULL WHERE prompt = ? AND asked = ?",
            ...[prompt, one],
          );
      }),
    untold: () => database.all(telling, `${TOLD} AND told IS NULL ORDER BY prompt, asked.id`),
    told: (prompt) => database.all(telling, `${TOLD} AND prompt = ? ORDER BY asked.id`, prompt),
    claim: (prompt, asked) =>
      database.run(
        "UPDATE gap_prompt_asked SET told = -2 WHERE prompt = ? AND asked = ? AND told IS NULL",
        ...[prompt, asked],
      ).changes > 0,
    isCurrent: ({ prompt, id, telling }) =>
      database.get(
        z.object({}),
        "SELECT 1 FROM gap_prompt_asked WHERE prompt = ? AND asked = ? AND telling = ?",
        ...[prompt, id, telling],
      ) !== undefined,
    unclaim: () =>
      database.atomically(() => {
        database.run(
          `DELETE FROM outbox WHERE task LIKE 'telling %' AND task NOT IN
             (SELECT 'telling ' || prompt || ' ' || asked || ' ' || telling FROM gap_prompt_asked
                WHERE told IS NULL OR told = -2)`,
        );
        database.run("UPDATE gap_prompt_asked SET told = NULL WHERE told = -2");
      }),
    setTold: ({ prompt, id, telling }, message) =>
      void database.run(
        "UPDATE gap_prompt_asked SET told = ? WHERE prompt = ? AND asked = ? AND telling = ?",
        ...[message, prompt, id, telling],
      ),
    withdraw: (prompt) =>
      database.atomically(() => {
        database.run("DELETE FROM outbox WHERE task LIKE 'telling ' || ? || ' %'", prompt);
        database.run(
          `UPDATE gap_prompt_asked SET telling = -ABS(telling), told = CASE WHEN told > 0 THEN told END
             WHERE prompt = ?`,
          prompt,
        );
      }),
    unwithdrawn: () => database.all(telling, `${TELLINGS} WHERE telling < 0 AND told > 0`),
    deleteEmptyPrompts: () =>
      void database.run("DELETE FROM gap_prompt WHERE id NOT IN (SELECT prompt FROM gap_prompt_asked)"),
  };
}
