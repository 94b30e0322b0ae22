import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../../test/corpus/compose-page.ts";
import type { Person } from "../../test/support/fake-bot-api/people.ts";
import type { Shown } from "../../test/support/fake-bot-api/shown.ts";
import type { FakeBotApi } from "../../test/support/fake-bot-api.ts";
import type { Ledger } from "./ledger.ts";
import { OTHERS, pick, QUESTIONS } from "./questions.ts";

/** How often out of one each is done in place of a plain question. */
export interface Mix {
  readonly other: number;
  readonly edit: number;
  readonly press: number;
  readonly inline: number;
  readonly document: number;
  /** Of a document that was imported. */
  readonly undo: number;
}

export const EVERYTHING: Mix = {
  other: 0.15,
  edit: 0.05,
  press: 0.06,
  inline: 0.03,
  document: 0.003,
  undo: 0.002,
};
export const QUESTIONS_ONLY: Mix = { other: 0, edit: 0, press: 0, inline: 0, document: 0, undo: 0 };

export interface TrafficOptions {
  readonly telegram: FakeBotApi;
  readonly ledger: Ledger;
  readonly random: Random;
  /** How many private chats; there is a group for every ten of them. */
  readonly chats: number;
  readonly mix: Mix;
}

export interface Traffic {
  /** One person does one thing. */
  next(): void;
  /** As `next`, so many times a second until the signal aborts; pauses while too much is unanswered. */
  flow(perSecond: number, signal: AbortSignal): Promise<void>;
}

interface Asker {
  readonly person: Person;
  /** What a question in this chat begins with. */
  readonly prefix: string;
}

/** Who admins are is said to the bot in its environment. */
const ADMIN = 1;
const FIRST_PERSON = 100;
const MEMBERS = 5;
/** More than what waits for one start of the program; without a bound, a bot that is too slow would never be done. */
const MOST_WAITING = 400;

/** Many people in many chats, who ask and do whatever else people do. */
export function createTraffic({ telegram, ledger, random, chats, mix }: TrafficOptions): Traffic {
  const admin = telegram.private(ADMIN);
  const people = Array.from({ length: chats }, (_, place): Asker => {
    const person = telegram.private(FIRST_PERSON + place, { language_code: place % 2 ? "en" : "zh" });
    return { person, prefix: "" };
  });
  for (let place = 0; place < Math.floor(chats / 10); place++) {
    const group = telegram.group(-1000 - place);
    for (let member = 0; member < MEMBERS; member++)
      people.push({
        person: group.member(FIRST_PERSON + ((place * MEMBERS + member) % chats)),
        prefix: `@${telegram.me.username} `,
      });
  }
  const latest: (Asker & { readonly question: Shown })[] = [];
  let documents = 0;

  function ask(text: string): void {
    const { person, prefix } = pick(people, random);
    const question = person.says(prefix + text);
    ledger.asked(person.chatId, question);
    latest.push({ person, prefix, question });
    if (latest.length > 50) latest.shift();
  }

  function edit(): void {
    const at = Math.floor(random() * latest.length);
    const [chosen] = latest.splice(at, 1);
    if (!chosen) return;
    const { person, prefix, question } = chosen;
    const [text, answerHolds] = pick(
      QUESTIONS.filter(([text]) => !question.text.endsWith(text)),
      random,
    );
    person.edits(question, prefix + text);
    ledger.edited(person.chatId, question, answerHolds);
  }

  function press(): void {
    const { person } = pick(people, random);
    const answer = ledger.latestAnswer(person.chatId);
    if (answer?.buttons.includes("👍")) ledger.queried(person.presses(answer, "👍").id);
  }

  function sendDocument(): void {
    documents++;
    const text = `# 第${documents}号通知\n\n第${documents}号仓库的盘点已经完成，共有${documents}箱货物。\n`;
    ledger.documentSent(ADMIN, admin.sendsDocument(`notice-${documents}.md`, Buffer.from(text)));
  }

  function undo(): void {
    const imported = ledger.takeImported();
    if (imported) ledger.queried(admin.presses(imported.report, "↩ Undo").id);
    if (imported) ledger.edited(ADMIN, imported.document, "Undone.");
  }

  function next(): void {
    let dice = random();
    const falls = (share: number): boolean => {
      dice -= share;
      return dice < 0;
    };
    if (falls(mix.other)) ask(pick(OTHERS, random));
    else if (falls(mix.edit)) edit();
    else if (falls(mix.press)) press();
    else if (falls(mix.inline)) ledger.queried(pick(people, random).person.asksInline("八条硬措施").id);
    else if (falls(mix.document)) sendDocument();
    else if (falls(mix.undo)) undo();
    else ask(pick(QUESTIONS, random)[0]);
  }

  return {
    next,
    async flow(perSecond, signal) {
      const startMs = performance.now();
      for (let done = 0; !signal.aborted; ) {
        await sleep(20);
        const due = ((performance.now() - startMs) * perSecond) / 1000;
        for (; done < due; done++) if (ledger.waiting() < MOST_WAITING) next();
      }
    },
  };
}
