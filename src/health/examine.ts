import { z } from "zod";
import { AppError, reasonOf } from "../errors.ts";
import { LOOPBACK } from "../listen.ts";

const TIMEOUT_MS = 5000;

const STATE = z.object({
  ready: z.boolean(),
  reason: z.string().optional(),
  lastHeardMs: z.number().optional(),
});

/**
 * What the running bot says of itself, in a sentence.
 *
 * @throws AppError when it is not ready, when nothing listens on the port, or something else does.
 */
export async function examineHealth(port: number): Promise<string> {
  const address = `${LOOPBACK}:${port}`;
  const state = STATE.safeParse(await readHealth(address));
  if (!state.success)
    throw new AppError(
      `${address} answers, but not as Wenbao does. Set HEALTH_PORT to a free port, or stop the other program.`,
    );
  const { ready, reason, lastHeardMs = 0 } = state.data;
  if (!ready) throw new AppError(`the bot that runs is not ready: ${reason ?? "it does not say why."}`);
  const heard = `the bot that runs heard from Telegram ${Math.round(lastHeardMs / 1000)} s ago`;
  return reason === undefined ? heard : `${heard}; since then: ${reason}`;
}

async function readHealth(address: string): Promise<unknown> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch(`http://${address}/healthz`, { redirect: "error", signal });
  } catch (error) {
    if (signal.aborted)
      throw new AppError(`${address} does not answer: the bot that runs is stuck. Restart it.`);
    const reason = reasonOf(error);
    throw new AppError(
      reason.includes("ECONNREFUSED")
        ? `nothing listens on ${address}, so no bot runs with this HEALTH_PORT. "npm start" starts it.`
        : `${address} gives no answer (${reason}).`,
    );
  }
  // What is no JSON is as little an answer of ours as any other.
  return response.json().catch(() => undefined);
}
