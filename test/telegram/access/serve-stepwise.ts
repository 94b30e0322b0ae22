import type { BotSettings } from "../../../src/config.ts";
import { openStore } from "../../../src/store/store.ts";
import { createBot } from "../../../src/telegram/bot.ts";
import type { Library } from "../../../src/telegram/context.ts";
import { makeFolder } from "../../index/sample.ts";
import { type Call, ME, startFakeBotApi } from "../../support/fake-bot-api.ts";
import { makeMetrics, NO_EDITOR, SETTINGS } from "../../support/serve-bot.ts";

/** A bot whose updates are handled one by one, and its Bot API; in the groups -100 and -200 it answers unasked. */
export async function serveStepwise(library: Library, settings: Partial<BotSettings>) {
  const telegram = await startFakeBotApi();
  const stateDir = await makeFolder();
  const store = openStore(stateDir);
  for (const group of [-100, -200]) store.chats.change(group, { autoAnswer: true });
  const failures: unknown[] = [];
  const ignore = () => {};
  const { bot } = createBot({
    ...{ token: telegram.token, apiRoot: telegram.apiRoot, botInfo: ME, library, store, stateDir },
    settings: { ...SETTINGS, ...settings },
    metrics: makeMetrics(),
    editor: NO_EDITOR,
    groupQuestions: async (questions) => questions.map((_, place) => [place]),
    log: { debug: ignore, info: ignore, warn: ignore, error: (...said) => void failures.push(said) },
    now: () => new Date(),
  });
  let handled = 0;
  /** Gives the calls that the bot made of it. */
  const handle = async (): Promise<readonly Call[]> => {
    const before = telegram.calls.length;
    for (const update of telegram.pending().filter(({ update_id }) => update_id > handled)) {
      handled = update.update_id;
      await bot.handleUpdate(update);
    }
    return telegram.calls.slice(before);
  };
  const close = async () => {
    store.close();
    await telegram.close();
  };
  return { telegram, failures, handle, close };
}
