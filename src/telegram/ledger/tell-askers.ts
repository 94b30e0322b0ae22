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
import { inTask, NotWanted } from "../task.ts";
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

/** Whoever waits for the end of a flood limit keeps nobody longer. */
const PATIENCE_MS = 3000;

/**
 * Tells everybody who waits for it the answer to what they asked, once each, with the answer their own wording
 * finds, or that of another wording of the same question. What was not sent when the program ended is sent after the
 * next start. Resolves when all are told but those that take longer.
 */
export async function tellAskers(api: Api, partners: BotPartners): Promise<void> {
  const { store, log } = partners;
  const tellings: Promise<void>[] = [];
  for (const promptId of new Set(store.gaps.untold().map(({ prompt }) => prompt))) {
    const prompt = store.gaps.prompt(promptId)!;
    const answers = await askWordings(store.gaps.asked(promptId), prompt.article, partners);
    for (const telling of store.gaps.untold().filter(({ prompt: of }) => of === promptId)) {
      const answer = answers.get(telling.meant) ?? [...answers.values()][0];
      if (!store.gaps.claim(promptId, telling.id)) continue;
      if (answer === undefined || !isStillAsked(telling, partners)) {
        store.gaps.setTold(promptId, telling.id, NOT_TOLD);
        continue;
      }
      const name = `telling ${promptId} ${telling.id} ${telling.telling}`;
      const isWanted = () => store.gaps.isCurrent(telling) && isStillAsked(telling, partners);
      const task = { name, since: telling.at, isAgain: true, isWanted };
      tellings.push(
        inTask(task, () => tell(api, telling, answer, partners)).then(
          // What a stop interrupts is sent after the next start, which has to know what was in flight.
          (isDone) => (isDone ? store.outbox.clear(name) : undefined),
          (error: unknown) => log.error("telegram.asker-not-told", failureOf(error)),
        ),
      );
    }
  }
  await Promise.race([Promise.all(tellings), sleep(PATIENCE_MS, undefined, { ref: false })]);
}

/** Whether it is still the question that was answered: not edited since, nor opened again. */
function isStillAsked({ id, meant }: Telling, { store }: Pick<BotPartners, "store">): boolean {
  const now = store.gaps.get(id);
  return now?.settled === "answered" && now.meant === meant;
}

/** False where it is to be tried again. */
async function tell(api: Api, telling: Telling, answer: Answered, partners: BotPartners): Promise<boolean> {
  const { store, log } = partners;
  const { id, prompt, language: tag, meant } = telling;
  const language = interfaceLanguage(tag);
  const question = meant.length > MAX_QUESTION_CHARS ? `${meant.slice(0, MAX_QUESTION_CHARS)}…` : meant;
  const html = renderAnswer(answer, language, [TOLD[language].note(question)]);
  const keyboard = new InlineKeyboard().text(
    PHRASES[language].buttons.article,
    `a:${articleKey(answer.quotes[0]!.articleId)}::`,
  );
  for (const way of waysToTell(api, telling, partners)) {
    try {
      store.gaps.setTold(prompt, id, await way(html, keyboard));
      return true;
    } catch (error) {
      if (error instanceof NotWanted) return true;
      if (error instanceof GrammyError && FINAL.has(error.error_code)) {
        log.info("telegram.asker-not-told", failureOf(error));
        continue;
      }
      // The program ends, or Telegram has failures of its own.
      store.gaps.setTold(prompt, id, null);
      log.warn("telegram.asker-not-told", failureOf(error));
      return false;
    }
  }
  store.gaps.setTold(prompt, id, NOT_TOLD);
  return true;
}

/** Puts word into what was told of a prompt that it is withdrawn; gives in how many messages. */
export async function withdrawTold(
  api: Api,
  prompt: GapPrompt,
  { store, log }: Pick<BotPartners, "store" | "log">,
) {
  let count = 0;
  for (const { chat, told, language } of store.gaps.told(prompt.id)) {
    if (chat === null || told === null || told <= 0) continue;
    const { withdrawn } = TOLD[interfaceLanguage(language)];
    // Whoever has blocked the bot keeps what was said; the others must hear of it.
    const isEdited = await editText(api, { chat, message: told }, withdrawn).catch((error: unknown) => {
      log.info("telegram.answer-not-withdrawn", failureOf(error));
      return false;
    });
    if (isEdited) count++;
  }
  store.gaps.forgetTold(prompt.id);
  return count;
}
