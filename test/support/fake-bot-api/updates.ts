import type { Update, WebhookInfo } from "grammy/types";
import type { Bell } from "./bell.ts";
import { seconds } from "./chats.ts";
import { FAULTS } from "./faults.ts";
import { badRequest, Refusal } from "./refusal.ts";

type UpdateType = Exclude<keyof Update, "update_id">;
export type NewUpdate = Omit<Update, "update_id"> & { update_id?: number };

/** Kinds that Telegram sends only to bots that ask for them. */
const UNASKED: ReadonlySet<string> = new Set(["chat_member", "message_reaction", "message_reaction_count"]);

/** The first attempts to deliver again come after this, later ones after twice as long each, up to a second. */
const RETRY_MS = 20;

/** One attempt to deliver an update to the webhook; the status is 0 where there was no answer. */
export interface Delivery {
  readonly update_id: number;
  readonly status: number;
}

/** The queue of updates, fetched by long polling or sent to a webhook, whichever the bot has chosen. */
export interface Updates {
  push(update: NewUpdate): number;
  /** Pushes what is made of the next `update_id`, of whatever kind it is. */
  pushMade(make: (update: { update_id: number }) => object): void;
  pending(): readonly Update[];
  isPolled(): boolean;
  readonly deliveries: readonly Delivery[];
  getUpdates(payload: Record<string, unknown>, gone: AbortSignal): Promise<readonly Update[]>;
  setWebhook(payload: Record<string, unknown>): true;
  deleteWebhook(payload: Record<string, unknown>): true;
  getWebhookInfo(): WebhookInfo;
  close(): void;
}

export function createUpdates(bell: Bell): Updates {
  const closing = new AbortController();
  const deliveries: Delivery[] = [];
  let queue: Update[] = [];
  let nextId = 100;
  let allowed: readonly string[] = [];
  let webhook:
    | { readonly url: string; readonly secret: string | undefined; stop: AbortController }
    | undefined;
  let failed: Pick<WebhookInfo, "last_error_date" | "last_error_message"> = {};
  /** Ends the long poll that is open, with what there is or with a conflict. */
  let openPoll: ((conflict?: Refusal) => void) | undefined;

  function allow(types: unknown): void {
    // What is left out stays as it was; an empty list is the default again.
    if (Array.isArray(types)) allowed = types.map(String);
  }

  function forget(payload: Record<string, unknown>): void {
    if (payload.drop_pending_updates === true) queue = [];
  }

  async function deliver(target: NonNullable<typeof webhook>): Promise<void> {
    const signal = AbortSignal.any([closing.signal, target.stop.signal]);
    for (let delayMs = RETRY_MS; !signal.aborted; ) {
      const [update] = queue;
      if (!update) {
        await bell.until(
          () => (queue.length > 0 || signal.aborted ? true : undefined),
          2 ** 30,
          () => "",
        );
        continue;
      }
      const status = await fetch(target.url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(target.secret === undefined ? {} : { "x-telegram-bot-api-secret-token": target.secret }),
        },
        body: JSON.stringify(update),
        signal,
      }).then(
        async (response) => {
          await response.arrayBuffer();
          return response.status;
        },
        () => 0,
      );
      if (signal.aborted) return;
      deliveries.push({ update_id: update.update_id, status });
      if (status >= 200 && status < 300) {
        queue = queue.filter((one) => one !== update);
        delayMs = RETRY_MS;
      } else {
        const reason = status === 0 ? "Connection refused" : `Wrong response from the webhook: ${status}`;
        failed = { last_error_date: seconds(), last_error_message: reason };
        await new Promise((resolve) => setTimeout(resolve, delayMs).unref());
        delayMs = Math.min(2 * delayMs, 1000);
      }
      bell.ring();
    }
  }

  return {
    deliveries,
    pending: () => queue,
    isPolled: () => openPoll !== undefined,

    push(update) {
      const update_id = update.update_id ?? nextId;
      nextId = Math.max(nextId, update_id) + 1;
      const [type = ""] = Object.keys(update).filter((key) => key !== "update_id");
      if (allowed.length === 0 ? !UNASKED.has(type) : allowed.includes(type as UpdateType)) {
        queue.push({ ...update, update_id } as Update);
        openPoll?.();
        bell.ring();
      }
      return update_id;
    },

    pushMade(make) {
      queue.push(make({ update_id: nextId++ }) as Update);
      openPoll?.();
      bell.ring();
    },

    async getUpdates({ offset = 0, timeout = 0, limit = 100, allowed_updates }, gone) {
      if (webhook) {
        throw new Refusal(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        );
      }
      allow(allowed_updates);
      openPoll?.(new Refusal(409, FAULTS.conflict.description));
      queue = queue.filter(({ update_id }) => update_id >= Number(offset));
      if (queue.length === 0 && Number(timeout) > 0) {
        let end: (conflict?: Refusal) => void = () => {};
        const ended = new Promise<Refusal | undefined>((resolve) => {
          end = resolve;
        });
        openPoll = end;
        setTimeout(() => end(), 1000 * Number(timeout)).unref();
        gone.addEventListener("abort", () => end());
        const conflict = await ended;
        if (openPoll === end) openPoll = undefined;
        if (conflict) throw conflict;
      }
      return queue.slice(0, Number(limit));
    },

    setWebhook(payload) {
      const { url = "", secret_token: secret, allowed_updates } = payload;
      if (url === "") return this.deleteWebhook(payload);
      // A server of one's own takes http too, and that is what this one is.
      if (typeof url !== "string" || !/^https?:\/\/[^\s/]/.test(url) || !URL.canParse(url)) {
        throw badRequest("bad webhook: An HTTPS URL must be provided for webhook");
      }
      if (secret !== undefined && !/^[\w-]{1,256}$/.test(String(secret))) {
        throw badRequest("secret token contains unallowed characters");
      }
      allow(allowed_updates);
      forget(payload);
      webhook?.stop.abort();
      openPoll?.(new Refusal(409, "Conflict: terminated by setWebhook request"));
      webhook = {
        url,
        secret: secret === undefined ? undefined : String(secret),
        stop: new AbortController(),
      };
      failed = {};
      void deliver(webhook);
      bell.ring();
      return true;
    },

    deleteWebhook(payload) {
      forget(payload);
      webhook?.stop.abort();
      webhook = undefined;
      bell.ring();
      return true;
    },

    getWebhookInfo: () => ({
      url: webhook?.url ?? "",
      has_custom_certificate: false,
      pending_update_count: queue.length,
      ...(allowed.length > 0 ? { allowed_updates: allowed as UpdateType[] } : {}),
      ...(webhook ? { ...failed, max_connections: 40 } : {}),
    }),

    close() {
      closing.abort();
      bell.ring();
    },
  };
}
