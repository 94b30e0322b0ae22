import { randomInt } from "node:crypto";
import type { Chat } from "grammy/types";
import { type BotContext, type BotPartners, isGuest } from "../context.ts";
import type { InLanguages } from "../phrases.ts";
import { currentTask } from "../task.ts";

const NOT_ADMITTED: InLanguages<{
  readonly byCode: (code: string) => string;
  readonly byId: (id: number) => string;
}> = {
  en: {
    byCode: (code) =>
      `I answer only where my operator has admitted me. Please give my operator this code, which is valid for a day: <code>${code}</code>`,
    byId: (id) => `I answer only where my operator has admitted me. The id to admit here: <code>${id}</code>`,
  },
  "zh-Hans": {
    byCode: (code) =>
      `我只在管理者准许的地方回答。请把这个代码交给我的管理者，一天之内有效：<code>${code}</code>`,
    byId: (id) => `我只在管理者准许的地方回答。这里的编号是：<code>${id}</code>`,
  },
  "zh-Hant": {
    byCode: (code) =>
      `我只在管理者准許的地方回答。請把這個代碼交給我的管理者，一天之內有效：<code>${code}</code>`,
    byId: (id) => `我只在管理者准許的地方回答。這裡的編號是：<code>${id}</code>`,
  },
};

/** How long a code admits. */
export const CODE_MS = 86_400_000;
/** Letters and digits that nobody mistakes for each other. */
const CODE_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const CODE_LENGTH = 10;

/** Whether the bot may answer whoever speaks: admitted in person, or in a chat that is admitted. */
export function isAdmitted(ctx: BotContext, partners: BotPartners): boolean {
  const { from } = ctx;
  const chat = isGuest(ctx) ? undefined : ctx.chat;
  return (
    ctx.isAdmin ||
    (from !== undefined && isKnown(from.id, partners)) ||
    (chat !== undefined && isKnown(chat.id, partners))
  );
}

/** Whether a person or a chat is admitted. */
export function isKnown(id: number, { settings: { access }, store }: BotPartners): boolean {
  switch (access.kind) {
    case "open":
      return true;
    case "allowlist": {
      // A group that became a supergroup since the operator named it.
      const former = store.admissions.formerId(id);
      return access.ids.has(id) || (former !== undefined && access.ids.has(former));
    }
    case "pairing":
      return store.admissions.isAdmitted(id);
  }
}

/** What is to be told, as Telegram HTML, to a person or chat that is not admitted; undefined where it has been. */
export function tellStranger(
  { language }: Pick<BotContext, "language">,
  chat: Chat,
  { settings: { access }, store, log, now }: BotPartners,
): string | undefined {
  const { id } = chat;
  const at = now().getTime();
  const { byCode, byId } = NOT_ADMITTED[language];
  const isAgain = currentTask()?.isAgain;
  if (access.kind !== "pairing") return store.admissions.tell(id, at) || isAgain ? byId(id) : undefined;
  const code = Array.from({ length: CODE_LENGTH }, () => CODE_SIGNS[randomInt(CODE_SIGNS.length)]).join("");
  if (!store.admissions.invite({ id, language, code }, at, at - CODE_MS)) {
    const given = isAgain ? store.admissions.code(id) : undefined;
    return given === undefined ? undefined : byCode(given);
  }
  log.info("telegram.pairing", { code, id, name: nameOf(chat) });
  return byCode(code);
}

function nameOf({ title, first_name, last_name, username }: Chat): string {
  return [title, first_name, last_name, username && `@${username}`].filter((part) => part).join(" ");
}
