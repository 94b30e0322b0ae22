import { onTestFinished, vi } from "vitest";
import { type FakeBotApi, type FakeOptions, startFakeBotApi } from "../support/fake-bot-api.ts";
import type { Program, Running } from "../support/program.ts";

/** The built program as a bot, and the Telegram it serves. */
export interface Scenario {
  readonly telegram: FakeBotApi;
  readonly bot: Running;
  /** Ends the bot, and starts it again with the same state. */
  restart(): Promise<void>;
}

/** Starts the built program against a fake Telegram, with copies of the shipped articles and a state of its own. */
export async function runBot(
  program: Program,
  env: Readonly<Record<string, string>> = {},
  options: FakeOptions = {},
): Promise<Scenario> {
  const telegram = await startFakeBotApi(options);
  onTestFinished(telegram.close);
  const folders = await program.copyShipped();
  const start = () =>
    program.start(["start", ...folders], {
      env: {
        TELEGRAM_BOT_TOKEN: telegram.token,
        TELEGRAM_API_ROOT: telegram.apiRoot,
        STATE_DIR: "state",
        ADMINS: "1",
        ...env,
      },
    });
  let bot = start();
  onTestFinished(async () => {
    bot.signal("SIGTERM");
    await bot.ended;
  });
  const isServing = () => telegram.isPolled() || telegram.succeeded("setWebhook").length > 0;
  await vi.waitUntil(isServing, 20_000);
  return {
    telegram,
    get bot() {
      return bot;
    },
    restart: async () => {
      bot.signal("SIGTERM");
      await bot.ended;
      bot = start();
      await vi.waitUntil(telegram.isPolled, 20_000);
    },
  };
}
