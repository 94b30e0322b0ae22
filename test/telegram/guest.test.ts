import { expect, it, onTestFinished } from "vitest";
import { FAULTS, startFakeBotApi } from "../support/fake-bot-api.ts";
import { serveBot } from "../support/serve-bot.ts";

const QUESTION = "@Wenbao_Bot What are the eight hard measures?";

it("where the server knows no guests, a guest's question is logged, and everybody else is answered", async () => {
  const telegram = await startFakeBotApi({ lacks: ["answerGuestQuery"] });
  onTestFinished(telegram.close);
  const bot = await serveBot(telegram, { settings: { guestMode: true } });
  telegram.asksAsGuest(QUESTION);
  await telegram.waitForCall("answerGuestQuery");
  const you = telegram.private(7, { language_code: "en" });
  expect((await you.waitForReply(you.says("What are the eight hard measures?"))).text).toContain("2 of 8");
  expect(bot.logged.join("\n")).toContain("telegram.update-failed");
  expect(telegram.succeeded("sendMessage")).toHaveLength(1);
});

it("a guest's answer that Telegram cannot parse is sent as plain text", async () => {
  const telegram = await startFakeBotApi();
  onTestFinished(telegram.close);
  telegram.failNext("answerGuestQuery", FAULTS.cannotParse);
  await serveBot(telegram, { settings: { guestMode: true } });
  telegram.asksAsGuest(QUESTION);
  await expect.poll(() => telegram.succeeded("answerGuestQuery"), { timeout: 5000 }).toHaveLength(1);
  const { result } = telegram.succeeded("answerGuestQuery")[0]!.payload as never as { result: object };
  expect(JSON.stringify(result)).not.toMatch(/parse_mode|<blockquote>/);
});

it("a guest's question is not even fetched where guest mode is off", async () => {
  const telegram = await startFakeBotApi();
  onTestFinished(telegram.close);
  const bot = await serveBot(telegram);
  telegram.asksAsGuest(QUESTION);
  const you = telegram.private(7, { language_code: "en" });
  await you.waitForReply(you.says("What are the eight hard measures?"));
  await bot.stop();
  expect(telegram.calls.map(({ method }) => method)).not.toContain("answerGuestQuery");
  const polls = telegram.calls.filter(
    ({ method, payload }) => method === "getUpdates" && payload.allowed_updates,
  );
  expect(polls).not.toEqual([]);
  for (const { payload } of polls) expect(payload.allowed_updates).not.toContain("guest_message");
});
