import type { InlineKeyboard } from "grammy";
import type { MessageContext } from "../context.ts";
import { editText, reply } from "../delivery.ts";

/** Telegram allows about one edit a second in a chat. */
const EVERY_MS = 1500;

/** One message that says how far something is, and at last what came of it. */
export interface ProgressMessage {
  /** Shown when the last one has stood for a moment, unless there is something newer by then. */
  say(html: string): void;
  end(html: string, keyboard?: InlineKeyboard): Promise<void>;
}

/** Sends it as a reply to the message that asked for something. */
export async function openProgress(ctx: MessageContext, html: string): Promise<ProgressMessage> {
  const sent = await reply(ctx, html);
  const place = { chat: sent.chat.id, message: sent.message_id };
  let showing: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let latest = html;
  let nextAt = performance.now() + EVERY_MS;

  const show = () => {
    timer = undefined;
    nextAt = performance.now() + EVERY_MS;
    // A step that is not shown is no failure: the end is.
    showing = showing.then(() => editText(ctx.api, place, latest)).catch(() => undefined);
  };
  return {
    say(next) {
      latest = next;
      timer ??= setTimeout(show, Math.max(0, nextAt - performance.now()));
    },
    async end(last, keyboard) {
      clearTimeout(timer);
      await showing;
      if (!(await editText(ctx.api, place, last, keyboard)))
        await reply(ctx, last, { ...(keyboard ? { keyboard } : {}) });
    },
  };
}
