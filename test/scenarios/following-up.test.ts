import { expect } from "vitest";
import { it } from "../support/program.ts";
import { runBot } from "./run-bot.ts";

it("a question is understood from the last one in its chat, topic and person, until /new, also after a restart", async ({
  program,
}) => {
  const { telegram, restart } = await runBot(program);
  const you = telegram.private(7, { language_code: "zh-hans" });
  await you.waitForReply(you.says("八条硬措施是哪八条？"));
  const second = await you.waitForReply(you.says("第二条呢？"));
  expect(second.text).toContain("切实提高风险隐患排查整改质量");
  expect(second.text).not.toContain("一体压实");
  const third = await you.waitForReply(you.says("第三条呢？"));
  expect(third.text).toContain("没有第 3 项：原文只给出 2 项。");
  await restart();
  expect((await you.waitForReply(you.says("谁写的？"))).text).toContain("胡云峰");
  await you.waitForReply(you.says("/new"));
  expect((await you.waitForReply(you.says("第二条呢？"))).text).not.toContain("切实提高风险隐患排查整改质量");

  const group = telegram.group(-100, { isForum: true });
  const topic = group.addTopic("安全");
  const [one, other] = [group.member(7), group.member(8)];
  const answer = await one.waitForReply(one.says("/ask What are the eight hard measures?", { topic }));
  const isSecond = ({ text }: { text: string }) => text.includes("切实提高风险隐患排查整改质量");
  for (const [person, place] of [
    [one, {}],
    [other, { topic }],
  ] as const)
    expect(isSecond(await person.waitForReply(person.says("/ask and the second?", place)))).toBe(false);
  expect(isSecond(await one.waitForReply(one.says("/ask and the second?", { topic })))).toBe(true);
  // Whoever replies to an answer asks on from it.
  const replied = other.says("and the author?", { topic, replyTo: answer });
  expect((await other.waitForReply(replied)).text).toContain("胡云峰");
});
