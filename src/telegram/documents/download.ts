import { createWriteStream } from "node:fs";
import { copyFile, stat } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { pipeline } from "node:stream/promises";
import { type Api, GrammyError, HttpError } from "grammy";
import type { BotAccess } from "../../config.ts";
import type { Log } from "../../log.ts";
import { failureOf } from "../delivery.ts";
import type { ApiSignal } from "../persist.ts";

const MEGABYTE = 1024 * 1024;
/** https://core.telegram.org/bots/api#getfile */
export const TELEGRAM_LIMIT_MB = 20;
/** Nothing larger is read. */
const OWN_SERVER_LIMIT_MB = 64;
const TIMEOUT_MS = 300_000;

/** How large a file may be that this server gives to a bot. */
export function downloadLimitMb(apiRoot: string): number {
  return new URL(apiRoot).hostname === "api.telegram.org" ? TELEGRAM_LIMIT_MB : OWN_SERVER_LIMIT_MB;
}

export interface DownloadPartners {
  readonly access: BotAccess;
  readonly api: Api;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Fetches a file of Telegram's to a path. A server on this machine that was started with `--local` names the place
 * where it lies instead. What went wrong is logged without the address, which holds the token.
 */
export async function download(
  fileId: string,
  path: string,
  { access, api, log, signal }: DownloadPartners,
): Promise<"done" | "too large" | "failed"> {
  const { apiRoot } = access;
  const limit = downloadLimitMb(apiRoot) * MEGABYTE;
  const either = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    const { file_path: place = "" } = await api.getFile(fileId, either as unknown as ApiSignal);
    if (isAbsolute(place)) return await copyLocal();
    const response = await fetch(addressOf(place, access), { signal: either, redirect: "error" });
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      log.warn("telegram.download-failed", { code: response.status });
      return "failed";
    }
    await pipeline(response.body, atMost(limit), createWriteStream(path), { signal: either });
    return "done";

    async function copyLocal(): Promise<"done" | "too large" | "failed"> {
      if (!isLoopback(apiRoot)) {
        log.warn("telegram.download-failed", { reason: "another machine's server names a path of its own" });
        return "failed";
      }
      if ((await stat(place)).size > limit) return "too large";
      await copyFile(place, path);
      return "done";
    }
  } catch (error) {
    if (error instanceof TooLarge) return "too large";
    if (error instanceof GrammyError && /file is too big/i.test(error.description)) return "too large";
    const isCall = error instanceof GrammyError || error instanceof HttpError;
    log.warn("telegram.download-failed", isCall ? failureOf(error) : codeOf(error));
    return "failed";
  }
}

function addressOf(place: string, { apiRoot, token }: BotAccess): string {
  return `${apiRoot}/file/bot${token}/${place.split("/").map(encodeURIComponent).join("/")}`;
}

function isLoopback(apiRoot: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(new URL(apiRoot).hostname);
}

class TooLarge extends Error {}

function atMost(limit: number) {
  return async function* (chunks: AsyncIterable<Uint8Array>) {
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > limit) throw new TooLarge();
      yield chunk;
    }
  };
}

/** All that may be logged: messages of network errors may hold the address. */
function codeOf(error: unknown): Record<string, unknown> {
  const { name, code, cause } = Object(error);
  return { error: name, code: code ?? Object(cause).code };
}
