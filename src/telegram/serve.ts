import { setTimeout as sleep } from "node:timers/promises";
import type { BotAccess, Webhook } from "../config.ts";
import { allowedUpdates, createBot } from "./bot.ts";
import { publishCommands } from "./commands-menu.ts";
import type { BotPartners } from "./context.ts";
import { failureOf } from "./delivery.ts";
import { keepHouse } from "./housekeeping.ts";
import { type ApiSignal, persist } from "./persist.ts";
import { poll } from "./poll.ts";
import { receiveByWebhook } from "./webhook.ts";
import { createWork } from "./work.ts";

/** How long a stop waits for a message that is being sent. */
const FINISH_MS = 5000;

export interface ServeOptions extends BotAccess, BotPartners {
  /** Where Telegram sends updates; without, they are fetched. */
  readonly webhook?: Webhook;
  /** Abort it to stop. */
  readonly signal: AbortSignal;
  /** As in `WorkPartners`. */
  readonly finishMs?: number;
}

/**
 * Serves Telegram, by long polling or a webhook, until the signal aborts; resolves when what was in hand is
 * finished. Waits for Telegram as long as it cannot be reached.
 *
 * @throws AppError when Telegram refuses the token or the webhook, or its port cannot be listened on.
 */
export async function serveTelegram({ signal, webhook, finishMs, ...options }: ServeOptions): Promise<void> {
  const { apiRoot, log, settings } = options;
  const giving = new AbortController();
  const bot = createBot({ ...options, stop: giving.signal });
  const botInfo = await persist((callSignal) => bot.api.getMe(callSignal), { apiRoot, log, signal });
  // Telegram gives no updates to a program that polls while a webhook is set.
  if (!webhook)
    await persist((callSignal) => bot.api.deleteWebhook({}, callSignal), { apiRoot, log, signal });
  if (!botInfo || signal.aborted) return;
  bot.botInfo = botInfo;
  log.info("telegram.serving", { username: botInfo.username });

  // Not waited for: the bot answers as well without its menu.
  publishCommands(bot.api, options, signal as unknown as ApiSignal).catch((error: unknown) => {
    if (!signal.aborted) log.warn("telegram.menu-not-set", failureOf(error));
  });
  const work = createWork({
    handle: (update) => bot.handleUpdate(update),
    giveUp: () => giving.abort(),
    log,
    ...(finishMs === undefined ? {} : { finishMs }),
  });
  const receive = { api: bot.api, apiRoot, allowedUpdates: allowedUpdates(settings), work, log, signal };
  const received = new AbortController();
  const keepingHouse = keepHouse(bot.api, options, AbortSignal.any([signal, received.signal]));
  try {
    await (webhook ? receiveByWebhook(webhook, receive) : poll(receive));
  } finally {
    received.abort();
    await Promise.race([keepingHouse, sleep(FINISH_MS, undefined, { ref: false })]);
  }
  log.info("telegram.stopped");
}
