import { GrammyError, HttpError } from "grammy";
import { messageOf } from "../errors.ts";

/**
 * What may be logged of an error. An HttpError is never looked into further than its code: the message of the
 * network error inside holds the address called, and the address holds the bot token.
 */
export function failureOf(error: unknown): Record<string, unknown> {
  if (error instanceof GrammyError) {
    return { method: error.method, code: error.error_code, error: error.description };
  }
  if (error instanceof HttpError) {
    const inner = error.error;
    const code = typeof inner === "object" && inner !== null && "code" in inner ? inner.code : undefined;
    return { error: error.message, ...(typeof code === "string" ? { code } : {}) };
  }
  return { error: messageOf(error), ...(error instanceof Error ? { stack: error.stack } : {}) };
}
