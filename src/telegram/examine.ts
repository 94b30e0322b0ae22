import { Api, GrammyError, HttpError } from "grammy";
import type { BotAccess } from "../config.ts";
import { AppError } from "../errors.ts";
import { failureOf } from "./delivery.ts";
import { refuseToken } from "./persist.ts";

const TIMEOUT_S = 5;

/**
 * What Telegram knows of a bot: its name, the address its updates go to, "" where they are to be fetched, and what
 * went wrong when it last sent one there.
 *
 * @throws AppError when Telegram refuses the token, gives no answer within five seconds, or is not Telegram.
 */
export async function examineBot({
  token,
  apiRoot,
}: BotAccess): Promise<{ username: string; webhook: string; webhookFailure?: string }> {
  const api = new Api(token, { apiRoot, timeoutSeconds: TIMEOUT_S });
  try {
    const { username } = await api.getMe();
    const { url = "", last_error_message: failure } = await api.getWebhookInfo();
    return { username, webhook: url, ...(failure === undefined ? {} : { webhookFailure: failure }) };
  } catch (error) {
    refuseToken(error);
    if (!(error instanceof GrammyError || error instanceof HttpError)) throw error;
    const { code = "", error: reason } = failureOf(error);
    throw new AppError(
      `${apiRoot} gives no answer of a Bot API (${`${code} ${reason}`.trim()}). Check TELEGRAM_API_ROOT and the network.`,
      { cause: error },
    );
  }
}
