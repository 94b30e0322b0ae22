import { expect, it, onTestFinished } from "vitest";
import { startFakeBotApi } from "../support/fake-bot-api.ts";
import { serveBot } from "../support/serve-bot.ts";

it("what one person was shown only is shown to nobody else, whatever an app sends as a button's data", async () => {
  const telegram = await startFakeBotApi();
  onTestFinished(telegram.close);
  const { store } = await serveBot(telegram, { settings: { ephemeralAnswers: true } });
  const group = telegram.group(-100, { botIsAdmin: true });
  const [one, other] = [group.member(7), group.member(8)];
  one.says("/ask What are the eight hard measures?", { isWhispered: true });
  const whispered = await one.waitFor(({ isByBot }) => isByBot);
  expect(store.asked.get(1)).toMatchObject({ person: 7, message: null, reply: null });
  const list = await other.waitForReply(other.says("/articles"));
  for (const data of ["q:1", "m:1:0", "f:1:1"]) {
    const { user: from } = other;
    const id = `forged ${data}`;
    telegram.push({ callback_query: { id, from, chat_instance: "1", data, message: list.raw as never } });
    const { payload } = await telegram.waitForCall(
      "answerCallbackQuery",
      (call) => call.payload.callback_query_id === id,
    );
    expect(payload.text).toBe("That is no longer there.");
  }
  expect(other.messages.find(({ id }) => id === list.id)?.text).toBe(list.text);
  expect((await one.presses(whispered, "👍").answer()).text).toBe("Thank you.");
});
