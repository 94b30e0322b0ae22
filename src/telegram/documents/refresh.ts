import { AppError, messageOf } from "../../errors.ts";
import type { RefreshReport } from "../../upkeep/keep-current.ts";
import type { BotPartners } from "../context.ts";
import { failureOf } from "../delivery.ts";

/** Brings the answers up to date; what keeps them from it is a value, for what was changed stands. */
export async function refresh({
  editor,
  log,
}: BotPartners): Promise<RefreshReport | { readonly reason: string }> {
  return editor.refresh().catch((error: unknown) => ({ reason: reasonTold(error, log) }));
}

/** What an admin is told of a failure: the reason where it can be mended, else where it stands. */
export function reasonTold(error: unknown, log: BotPartners["log"]): string {
  if (error instanceof AppError) return messageOf(error);
  log.error("telegram.change-failed", failureOf(error));
  return "an unexpected error, which stands in the log";
}
