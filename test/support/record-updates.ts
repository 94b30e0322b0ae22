import type { Update } from "grammy/types";
import type { FakeBotApi } from "./fake-bot-api.ts";

/** One update of every kind and way to ask, as the fake sends them while people play with the bot that it serves. */
export async function recordUpdates(telegram: FakeBotApi): Promise<readonly Update[]> {
  const recorded = new Map<number, Update>();
  const record = <T>(act: () => T): T => {
    const done = act();
    for (const update of telegram.pending()) recorded.set(update.update_id, structuredClone(update));
    return done;
  };
  const you = telegram.private(7, { language_code: "zh-hans" });
  const admin = telegram.private(1);
  const group = telegram.group(-100, { isForum: true, botIsAdmin: true, admins: [1] });
  const topic = group.addTopic("News");
  const member = group.member(8);

  const asked = record(() => you.says("八条硬措施是哪八条？"));
  const answer = await you.waitForReply(asked);
  for (const button of answer.buttons) record(() => you.presses(answer, button));
  record(() => you.edits(asked, "铜锣峡储气库今年注气多少？"));
  record(() => you.says("下一条呢？", { replyTo: answer, quote: "措施" }));
  record(() => you.says("什么时候？", { forwardedFrom: "somebody" }));
  record(() => you.sendsDocument("notice.txt", Buffer.from("今晚停水。"), { caption: "哪天停水？" }));
  record(() => admin.sendsDocument("notice.txt", Buffer.from("今晚停水。"), { album: "1" }));
  for (const command of ["start", "start a-0123456789ab", "articles", "language", "forget", "new", "id"])
    record(() => you.says(`/${command}`));
  for (const command of ["gaps", "remove", "collection -", "stats", "reindex", "admit A1B2C3", "revoke 5"])
    record(() => admin.says(`/${command}`));
  record(() => member.says("@Wenbao_Bot 八条硬措施是哪八条？", { topic }));
  record(() => member.says("铜锣峡储气库今年注气多少？", { topic }));
  record(() => member.says("/ask@Wenbao_Bot Who wrote it?"));
  record(() => member.says("/autoanswer on"));
  record(() => you.asksInline("注气多少"));
  record(() => you.asksInline(""));
  record(() => telegram.asksAsGuest("@Wenbao_Bot 铜锣峡储气库今年注气多少？"));
  record(() => group.setBot("left"));
  record(() => group.setBot("administrator"));
  return [...recorded.values()];
}
