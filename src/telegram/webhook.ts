import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, STATUS_CODES } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { GrammyError } from "grammy";
import type { Update } from "grammy/types";
import { z } from "zod";
import type { Webhook } from "../config.ts";
import { AppError } from "../errors.ts";
import { listen } from "../listen.ts";
import { failureOf } from "./delivery.ts";
import { persist, within } from "./persist.ts";
import type { ReceivePartners } from "./poll.ts";

/** An update is a few kilobytes. */
const MAX_BODY_BYTES = 1024 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;
/** How often Telegram is asked whether it still sends updates here, and how long it may take to say. */
const CONFIRM_EVERY_MS = 5000;
const CONFIRM_PATIENCE_MS = 10_000;
/** A failure that is older is over. Telegram tries again after longer and longer times, and its clock may differ. */
const RECENT_MS = 600_000;

/** Who knows the secret is Telegram, and what Telegram sends is as its types say. */
const UPDATE = z.looseObject({ update_id: z.int().nonnegative() });

/**
 * Has Telegram send updates to the webhook until the signal aborts; each request is answered as soon as its update
 * is kept. On abort nothing more is taken and what is in hand is finished. The webhook stays set, so that Telegram
 * keeps for the next start what comes meanwhile. Where another program has taken the webhook away, it is set again.
 *
 * @throws AppError when the port cannot be listened on, or Telegram refuses the token or the address.
 */
export async function receiveByWebhook(webhook: Webhook, partners: ReceivePartners): Promise<void> {
  const { api, allowedUpdates, work, heartbeat, log, signal } = partners;
  let arrived = 0;
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, async (request, response) => {
    let status: number;
    try {
      const update = await readUpdate(request, webhook);
      // What comes too late, Telegram sends again.
      status = typeof update === "number" ? update : signal.aborted ? 503 : 200;
      if (typeof update !== "number" && status === 200) {
        arrived++;
        if (!(await work.accept([update], signal))) status = 503;
      }
    } catch (error) {
      // Whoever sent it has gone in the middle.
      if (!request.complete) return void log.debug("telegram.webhook-cut-off");
      log.error("telegram.update-not-kept", failureOf(error));
      status = 500;
    }
    if (status === 200) return response.end();
    log.debug("telegram.webhook-refused", { status });
    // A refused body is not read to its end, so nothing else can come on this connection.
    response.writeHead(status, { "content-type": "text/plain", connection: "close" });
    response.end(`${STATUS_CODES[status]}\n`);
  });
  const options = {
    secret_token: webhook.secret,
    allowed_updates: allowedUpdates,
    // One after another they come in order, and none waits long for its answer.
    max_connections: 1,
  };
  const set = () =>
    persist(
      (callSignal) =>
        within(CONFIRM_PATIENCE_MS, callSignal, (cut) =>
          api.setWebhook(webhook.url, options, cut).catch(refuseAddress),
        ),
      partners,
    );
  const ask = () =>
    persist(
      (callSignal) => within(CONFIRM_PATIENCE_MS, callSignal, (cut) => api.getWebhookInfo(cut)),
      partners,
    );
  try {
    await listen(server, webhook.port, "WEBHOOK_PORT");
    await set();
    heartbeat.heard();
    let isSaid = false;
    let arrivedBefore: number | undefined;
    while (!signal.aborted) {
      // Rejects only when aborted.
      await sleep(CONFIRM_EVERY_MS, undefined, { signal }).catch(() => undefined);
      const known = await ask();
      if (known === undefined) break;
      if (known.url !== webhook.url) {
        log.error("telegram.webhook-taken-away", { hint: WEBHOOK_HINT });
        await set();
      }
      const isWaiting = known.pending_update_count > 0;
      const isStuck = isWaiting && arrived === arrivedBefore && isRecent(known.last_error_date);
      arrivedBefore = isWaiting ? arrived : undefined;
      if (isStuck) {
        const reason = `Telegram cannot send updates to the webhook (${known.last_error_message}).`;
        heartbeat.failed(reason);
        if (!isSaid) {
          log.error("telegram.webhook-not-reached", { reason, hint: PROXY_HINT });
          // Somebody may have given it another secret.
          await set();
        }
        isSaid = true;
        continue;
      }
      isSaid = false;
      heartbeat.heard();
    }
  } finally {
    server.close();
    server.closeIdleConnections();
    await work.finish();
    server.closeAllConnections();
  }
}

/** Telegram's time, in seconds since 1970. */
function isRecent(date = 0): boolean {
  return Date.now() - 1000 * date < RECENT_MS;
}

const PROXY_HINT =
  "See to it that the proxy is up, its certificate valid, and that it passes the address on.";
const WEBHOOK_HINT =
  "Another program has removed or changed this bot's webhook; it is set again. Stop the other program.";

/** The update that a request brings, or the status to refuse it with. */
async function readUpdate(request: IncomingMessage, { url, secret }: Webhook): Promise<Update | number> {
  const { method, headers, url: target = "" } = request;
  if (target.split("?")[0] !== new URL(url).pathname) return 404;
  if (method !== "POST") return 405;
  if (!isSame(headers["x-telegram-bot-api-secret-token"], secret)) return 401;
  if (!/^application\/json\b/i.test(headers["content-type"] ?? "")) return 415;
  const body = await readBody(request);
  if (body === undefined) return 413;
  const update = UPDATE.safeParse(parseJson(body));
  return update.success ? (update.data as Update) : 400;
}

/** Undefined where the body is too large. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Without destroying the request, so that it can still be answered.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // As little an update as any other.
    return undefined;
  }
}

/** Takes as long whatever is given: hashes are of one length and differ everywhere. */
function isSame(given: unknown, secret: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(typeof given === "string" ? given : ""), hash(secret));
}

function refuseAddress(error: unknown): never {
  if (!(error instanceof GrammyError) || error.error_code !== 400) throw error;
  throw new AppError(
    `Telegram does not take WEBHOOK_URL (${error.description}). Give an https address of a name that Telegram can ` +
      "reach, on port 443, 80, 88 or 8443.",
    { cause: error },
  );
}
