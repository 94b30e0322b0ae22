import { expect, vi } from "vitest";
import { startFakeBotApi } from "../support/fake-bot-api.ts";
import { it } from "../support/program.ts";
import { runBot } from "./run-bot.ts";

it("a second bot on the same state says so and leaves, and starts once the first was killed", async ({
  program,
  onTestFinished,
}) => {
  const { bot } = await runBot(program);
  const other = await startFakeBotApi();
  onTestFinished(other.close);
  const folders = ["--corpus", "corpus", "--index", "index"];
  const env = {
    TELEGRAM_BOT_TOKEN: other.token,
    TELEGRAM_API_ROOT: other.apiRoot,
    STATE_DIR: "state",
    ADMINS: "1",
  };
  const refused = await program.run(["start", ...folders], { env });
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr).toContain(`Another Wenbao (process ${bot.pid}) works with the state folder`);
  expect(other.isPolled()).toBe(false);

  bot.signal("SIGKILL");
  await bot.ended;
  const second = program.start(["start", ...folders], { env });
  await vi.waitUntil(other.isPolled, 20_000);
  second.signal("SIGTERM");
  expect(await second.ended).toMatchObject({ code: 0 });
});
