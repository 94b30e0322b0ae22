import { Api } from "grammy";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { examineBot } from "../../src/telegram/examine.ts";
import { FAULTS, type FakeBotApi, startFakeBotApi } from "../support/fake-bot-api.ts";

let telegram: FakeBotApi;
beforeEach(async () => {
  telegram = await startFakeBotApi();
});
afterEach(() => telegram.close());

describe("examineBot", () => {
  it("tells the bot's name and where its updates go", async () => {
    expect(await examineBot(telegram)).toEqual({ username: "Wenbao_Bot", webhook: "" });
  });

  it("tells what went wrong when Telegram last sent something to the webhook", async () => {
    const url = "http://127.0.0.1:9/hook";
    await new Api(telegram.token, telegram).setWebhook(url);
    telegram.pushText("hello");
    await expect.poll(() => telegram.deliveries.length).toBeGreaterThan(0);
    expect(await examineBot(telegram)).toEqual({
      username: "Wenbao_Bot",
      webhook: url,
      webhookFailure: "Connection refused",
    });
  });

  it("says so where Telegram refuses the token", async () => {
    const examined = examineBot({ ...telegram, token: "4242:wrong" });
    await expect(examined).rejects.toThrow(
      "Telegram refused the token (401 Unauthorized). Check TELEGRAM_BOT",
    );
  });

  it.each([
    ["is not there", FAULTS.drop, "ECONNRESET Network request for 'getMe' failed!"],
    ["fails", FAULTS.serverError, "500 Internal Server Error"],
  ])("names the address that %s, never the token", async (_, fault, reason) => {
    telegram.failNext("getMe", fault);
    const examined = examineBot(telegram);
    await expect(examined).rejects.toThrow(`${telegram.apiRoot} gives no answer of a Bot API (${reason}).`);
    await expect(examined).rejects.not.toThrow(telegram.token);
  });
});
