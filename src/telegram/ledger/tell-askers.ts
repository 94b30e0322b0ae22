import { setTimeout as sleep } from "node:timers/promises";
import { type Api, GrammyError, InlineKeyboard } from "grammy";
import { interfaceLanguage } from "../../answering/phrases.ts";
import type { GapPrompt, Telling } from "../../store/gaps.ts";
import type { Answered } from "../../types.ts";
import { articleKey } from "../article-key.ts";
import { renderAnswer } from "../asking/render-answer.ts";
import type { BotPartners } from "../context.ts";
import { editText, failureOf } from "../delivery.ts";
import { type InLanguages, PHRASES } from "../phrases.ts";
import { inTask, NotWanted, type Rest } from "../task.ts";
import { askWordings } from "./ask-wordings.ts";
import { waysToTell } from "./ways-to-tell.ts";

const TOLD: InLanguages<{ readonly note: (question: string) => string; readonly withdrawn: string }> = {
  en: {
    note: (question) => `This answers what you asked before: “${question}”`,
    withdrawn: "An admin withdrew this answer.",
  },
  "zh-Hans": {
    note: (question) => `这是你先前问题的答案：“${question}”`,
    withdrawn: "管理员撤回了这个答案。",
  },
  "zh-Hant": {
    note: (question) => `這是你先前問題的答案：「${question}」`,
    withdrawn: "管理員撤回了這個答案。",
  },
};

const MAX_QUESTION_CHARS = 200;

/** Noted where nobody could be told, or is to be. */
const NOT_TOLD = 0;

/** What Telegram will refuse whenever it is tried: blocked, left, or a chat or topic that is gone. */
const FINAL = new Set([400, 403]);

/** Whoever rings waits no longer for those to whom it takes longer. */
const PATIENCE_MS = 3000;

/** Tells askers that their questions were answered, and that an answer was withdrawn. Nothing of it rejects. */
export interface Teller {
  /**
   * Tells everybody who waits for it the answer to what they asked, once each, with the answer their own wording
   * finds, or that of another wording of the same question. What was not sent when the program ended is sent after the
   * next start. Resolves when all are told but those to whom it takes longer.
   */
  tell(): Promise<void>;
  /** Puts word into what was told of a prompt that it is withdrawn; gives in how many messages that is done by now. */
  withdraw(prompt: GapPrompt): Promise<number>;
  /** Resolves when nothing is under way. */
  finish(): Promise<void>;
}

/** One after another, so that others' messages go out between; who waits for a flood limit keeps none of them waiting. */
export function createTeller(api: Api, partners: BotPartners): Teller {
  const { store, log } = partners;
  const underWay = new Map<string, Promise<void>>();
  const edited = new Map<number, number>();
  let turn: Promise<void> = Promise.resolve();

  function run(work: () => Promise<void>): Promise<unknown> {
    turn = turn.then(work).catch((error: unknown) => log.error("telegram.askers-not-told", failureOf(error)));
    return Promise.race([turn, sleep(PATIENCE_MS, undefined, { ref: false })]);
  }

  /** Resolves when the next may begin: when it is done, or waits. */
  function begin(task: Omit<Parameters<typeof inTask>[0], "rest">, work: () => Promise<void>): Promise<void> {
    const { name } = task;
    if (underWay.has(name)) return Promise.resolve();
    return new Promise((next) => {
      const rest: Rest = (wait) => {
        next();
        return wait();
      };
      const one = inTask({ ...task, rest }, work)
        .catch((error: unknown) => log.warn("telegram.asker-not-told", failureOf(error)))
        .finally(() => {
          underWay.delete(name);
          next();
        });
      underWay.set(name, one);
    });
  }

  async function tellAll(): Promise<void> {
    for (const promptId of new Set(store.gaps.untold().map(({ prompt }) => prompt))) {
      const prompt = store.gaps.prompt(promptId)!;
      const answers = await askWordings(store.gaps.asked(promptId), prompt.article, partners);
      for (const telling of store.gaps.untold().filter(({ prompt: of }) => of === promptId)) {
        const answer = answers.get(telling.meant) ?? [...answers.values()][0];
        if (!store.gaps.claim(promptId, telling.id)) continue;
        if (answer === undefined || !isStillAsked(telling, partners)) {
          store.gaps.setTold(telling, NOT_TOLD);
          continue;
        }
        const name = `telling ${promptId} ${telling.id} ${telling.telling}`;
        const isWanted = () => store.gaps.isCurrent(telling) && isStillAsked(telling, partners);
        await begin({ name, since: telling.at, isAgain: true, isWanted }, async () => {
          // What a stop interrupts is sent after the next start, which has to know what was in flight.
          if (await tell(api, telling, answer, partners)) store.outbox.clear(name);
        });
      }
    }
  }

  async function withdrawAll(): Promise<void> {
    for (const telling of store.gaps.unwithdrawn()) {
      const name = `withdrawing ${telling.prompt} ${telling.id} ${telling.telling}`;
      await begin({ name, since: telling.at, isAgain: false }, async () => {
        if (await putWithdrawn(api, telling, telling.told!, partners))
          edited.set(telling.prompt, (edited.get(telling.prompt) ?? 0) + 1);
        store.gaps.setTold(telling, null);
      });
    }
  }

  return {
    async tell() {
      await run(() => withdrawAll().then(tellAll));
    },
    async withdraw({ id }) {
      store.gaps.withdraw(id);
      edited.delete(id);
      await run(withdrawAll);
      return edited.get(id) ?? 0;
    },
    async finish() {
      await turn;
      await Promise.all(underWay.values());
    },
  };
}

/** False where Telegram refuses it: whoever has blocked the bot keeps what was said. */
async function putWithdrawn(
  api: Api,
  { chat, language }: Telling,
  message: number,
  { log }: Pick<BotPartners, "log">,
): Promise<boolean> {
  if (chat === null) return false;
  const { withdrawn } = TOLD[interfaceLanguage(language)];
  return editText(api, { chat, message }, withdrawn).catch((error: unknown) => {
    if (!(error instanceof GrammyError && FINAL.has(error.error_code))) throw error;
    log.info("telegram.answer-not-withdrawn", failureOf(error));
    return false;
  });
}

/** Whether it is still the question that was answered: not edited since, nor opened again. */
function isStillAsked({ id, meant }: Telling, { store }: Pick<BotPartners, "store">): boolean {
  const now = store.gaps.get(id);
  return now?.settled === "answered" && now.meant === meant;
}

/** False where it is to be tried again. */
async function tell(api: Api, telling: Telling, answer: Answered, partners: BotPartners): Promise<boolean> {
  const { store, log } = partners;
  const { language: tag, meant } = telling;
  const language = interfaceLanguage(tag);
  const question = meant.length > MAX_QUESTION_CHARS ? `${meant.slice(0, MAX_QUESTION_CHARS)}…` : meant;
  const html = renderAnswer(answer, language, [TOLD[language].note(question)]);
  const keyboard = new InlineKeyboard().text(
    PHRASES[language].buttons.article,
    `a:${articleKey(answer.quotes[0]!.articleId)}::`,
  );
  for (const way of waysToTell(api, telling, partners)) {
    try {
      const told = await way(html, keyboard);
      // Withdrawn while it went out.
      if (!store.gaps.isCurrent(telling) && told > 0) await putWithdrawn(api, telling, told, partners);
      store.gaps.setTold(telling, told);
      return true;
    } catch (error) {
      if (error instanceof NotWanted) return true;
      if (error instanceof GrammyError && FINAL.has(error.error_code)) {
        log.info("telegram.asker-not-told", failureOf(error));
        continue;
      }
      // The program ends, or Telegram has failures of its own.
      store.gaps.setTold(telling, null);
      log.warn("telegram.asker-not-told", failureOf(error));
      return false;
    }
  }
  store.gaps.setTold(telling, NOT_TOLD);
  return true;
}
