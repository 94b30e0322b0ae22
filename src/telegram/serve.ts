import type { BotAccess } from "../config.ts";
import { allowedUpdates, createBot } from "./bot.ts";
import { publishCommands } from "./commands-menu.ts";
import type { BotPartners } from "./context.ts";
import { failureOf } from "./delivery.ts";
import { type ApiSignal, persist } from "./persist.ts";
import { poll } from "./poll.ts";

export interface ServeOptions extends BotAccess, BotPartners {
  /** Abort it to stop. */
  readonly signal: AbortSignal;
}

/**
 * Serves Telegram by long polling until the signal aborts; resolves when what was in hand is finished. Waits for
 * Telegram as long as it cannot be reached.
 *
 * @throws AppError when Telegram refuses the token.
 */
export async function serveTelegram({ signal, ...options }: ServeOptions): Promise<void> {
  const { apiRoot, log, settings } = options;
  const bot = createBot(options);
  const botInfo = await persist((callSignal) => bot.api.getMe(callSignal), { apiRoot, log, signal });
  // Telegram gives no updates to a program that polls while a webhook is set.
  await persist((callSignal) => bot.api.deleteWebhook({}, callSignal), { apiRoot, log, signal });
  if (!botInfo || signal.aborted) return;
  bot.botInfo = botInfo;
  log.info("telegram.serving", { username: botInfo.username });

  // Not waited for: the bot answers as well without its menu.
  publishCommands(bot.api, options, signal as unknown as ApiSignal).catch((error: unknown) => {
    if (!signal.aborted) log.warn("telegram.menu-not-set", failureOf(error));
  });
  await poll({
    api: bot.api,
    apiRoot,
    allowedUpdates: allowedUpdates(settings),
    handle: (update) => bot.handleUpdate(update),
    log,
    signal,
  });
  log.info("telegram.stopped");
}
