import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { BotAccess, Webhook } from "../config.ts";
import type { Heartbeat } from "../health/heartbeat.ts";
import { allowedUpdates, createBot } from "./bot.ts";
import { publishCommands } from "./commands-menu.ts";
import type { BotPartners } from "./context.ts";
import { failureOf } from "./delivery.ts";
import { keepHouse } from "./housekeeping.ts";
import { type ApiSignal, persist, within } from "./persist.ts";
import { poll } from "./poll.ts";
import { currentTask, inTask } from "./task.ts";
import { createTurnOf } from "./turn-of.ts";
import { receiveByWebhook } from "./webhook.ts";
import { createWork } from "./work.ts";

/** How long a stop waits for messages that are no answers, and for their end. */
const FINISH_MS = 3000;
const GIVE_UP_MS = 1000;
/** A call that opens the service is not waited for longer. */
const CALL_MS = 10_000;
/** An update that has been in hand so often when the program was killed may be what ends it. */
const MAX_TIMES = 100;

export interface ServeOptions extends BotAccess, BotPartners {
  readonly heartbeat: Heartbeat;
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
  const { apiRoot, heartbeat, metrics, store, log, settings, now } = options;
  const giving = new AbortController();
  // One for each call that is under way.
  setMaxListeners(0, giving.signal, signal);
  const givenUp = new Set<number>();
  const isGivenUp = (updateId: number) => givenUp.has(updateId);
  const { bot, teller } = createBot({ ...options, stop: giving.signal, isGivenUp });
  const persisting = { apiRoot, heartbeat, metrics, log, signal };
  const call = <T>(method: (cut: ApiSignal) => Promise<T>) =>
    persist((callSignal) => within(CALL_MS, callSignal, method), persisting);
  const botInfo = await call((cut) => bot.api.getMe(cut));
  // Telegram gives no updates to a program that polls while a webhook is set.
  if (!webhook) await call((cut) => bot.api.deleteWebhook({}, cut));
  if (!botInfo || signal.aborted) return;
  bot.botInfo = botInfo;
  log.info("telegram.serving", { username: botInfo.username });

  // Not waited for: the bot answers as well without its menu.
  publishCommands(bot.api, options, signal as unknown as ApiSignal).catch((error: unknown) => {
    if (!signal.aborted) log.warn("telegram.menu-not-set", failureOf(error));
  });
  // A Bot API server numbers the updates of each bot by itself.
  const source = `${botInfo.id} at ${apiRoot}`;
  const inbox = store.openInbox({ keyOf: createTurnOf(), now: () => now().getTime(), source });
  metrics.observeWaiting(() => {
    const oldest = inbox.oldest();
    return { updates: inbox.size(), oldestMs: oldest === undefined ? 0 : now().getTime() - oldest };
  });
  const work = createWork({
    inbox,
    async handle({ update, task: name, at, times }, rest) {
      const { update_id: updateId } = update;
      const isTooOften = times > MAX_TIMES;
      if (isTooOften) {
        givenUp.add(updateId);
        log.error("telegram.given-up", { updateId, times });
      }
      return inTask({ name, since: at, isAgain: times > 1, rest }, async () => {
        await bot.handleUpdate(update);
        givenUp.delete(updateId);
        return isTooOften ? "given-up" : currentTask()!.hasFailed ? "failed" : "done";
      });
    },
    giving,
    metrics,
    log,
    ...(finishMs === undefined ? {} : { finishMs }),
  });
  const receive = { ...persisting, api: bot.api, allowedUpdates: allowedUpdates(settings), work };
  const received = new AbortController();
  const keepingHouse = keepHouse(bot.api, teller, options, AbortSignal.any([signal, received.signal]));
  const houseKept = (ms: number) =>
    Promise.race([keepingHouse.then(teller.finish), sleep(ms, undefined, { ref: false })]);
  try {
    await (webhook ? receiveByWebhook(webhook, receive) : poll(receive));
  } finally {
    received.abort();
    heartbeat.ending();
    await houseKept(FINISH_MS);
    giving.abort();
    await houseKept(GIVE_UP_MS);
  }
  log.info("telegram.stopped");
}
