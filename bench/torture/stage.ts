import { seeded } from "../../test/corpus/compose-page.ts";
import { type FakeBotApi, startFakeBotApi } from "../../test/support/fake-bot-api.ts";
import { type BotProcess, openBotProcess } from "./bot-process.ts";
import { keepLedger, type Ledger } from "./ledger.ts";
import { createTraffic, type Mix, type Traffic } from "./traffic.ts";

/** A Telegram of its own, whoever speaks there, and the program, which is not started yet. */
export interface Stage {
  readonly telegram: FakeBotApi;
  readonly ledger: Ledger;
  readonly traffic: Traffic;
  readonly bot: BotProcess;
}

export interface StageOptions {
  readonly chats: number;
  readonly mix: Mix;
  readonly seed: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Acts, and leaves neither a process nor a file behind. */
export async function onStage<T>(
  { chats, mix, seed, env }: StageOptions,
  act: (stage: Stage) => Promise<T>,
): Promise<T> {
  const telegram = await startFakeBotApi({ keptCalls: 1000 });
  const ledger = keepLedger(telegram);
  // Not the generator of the kills or faults, whose order is not to depend on how much is asked meanwhile.
  const traffic = createTraffic({ telegram, ledger, random: seeded(seed + 1), chats, mix });
  const bot = await openBotProcess(telegram, env);
  try {
    return await act({ telegram, ledger, traffic, bot });
  } finally {
    await bot.close();
    await telegram.close();
  }
}
