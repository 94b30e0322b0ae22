import { AppError, messageOf } from "../../errors.ts";
import type { RefreshReport } from "../../upkeep/keep-current.ts";
import { assistantOf, type BotContext, type BotPartners } from "../context.ts";
import { failureOf } from "../delivery.ts";

/**
 * Brings the answers up to date, those of this update as well where its collection came or went; what keeps them from
 * it is a value, for what was changed stands.
 */
export async function refresh(
  ctx: BotContext,
  { editor, library, log }: BotPartners,
): Promise<RefreshReport | { readonly reason: string }> {
  const report = await editor.refresh().catch((error: unknown) => ({ reason: reasonTold(error, log) }));
  Object.assign(ctx, { assistant: assistantOf(library, ctx.collection) });
  return report;
}

/** What an admin is told of a failure: the reason where it can be mended, else where it stands. */
export function reasonTold(error: unknown, log: BotPartners["log"]): string {
  if (error instanceof AppError) return messageOf(error);
  log.error("telegram.change-failed", failureOf(error));
  return "an unexpected error, which stands in the log";
}
