import { describe, expect } from "vitest";
import { it } from "../support/program.ts";
import { runBot } from "./run-bot.ts";

const MEASURES = "八条硬措施是哪八条？";
const ANSWER = "1. 一体压实各级矿山安全生产责任\n2. 切实提高风险隐患排查整改质量";

describe("who may ask", () => {
  it("is who was admitted by the code in the log, also after a restart", async ({ program }) => {
    const scenario = await runBot(program, { ACCESS: "pairing" });
    const { telegram } = scenario;
    const you = telegram.private(7, { language_code: "zh-hans", first_name: "读者" });
    const told = await you.waitForReply(you.says(MEASURES));
    expect(told.text).toContain("我只在管理者准许的地方回答");
    const logged = scenario.bot.said.stderr
      .split("\n")
      .filter((line) => line.includes("telegram.pairing"))
      .map((line) => JSON.parse(line));
    expect(logged).toEqual([expect.objectContaining({ id: 7, name: "读者" })]);
    const [{ code }] = logged;
    expect(told.text).toContain(code);

    await scenario.restart();
    const silent = you.says(MEASURES);
    const admin = telegram.private(1, { language_code: "en" });
    expect((await admin.waitForReply(admin.says(`/admit ${code}`))).text).toContain("Admitted: 7");
    await you.waitFor(({ text }) => text.startsWith("管理者已经准许"));
    await scenario.restart();
    expect((await you.waitForReply(you.says(MEASURES))).text).toContain(ANSWER);
    expect(you.messages.filter(({ replyTo }) => replyTo === silent.key)).toEqual([]);
  });

  it("is who stands in the allowlist, whichever way a stranger comes", async ({ program }) => {
    const { telegram } = await runBot(program, { ACCESS: "allowlist", ALLOWLIST: "7, -100" });
    const member = telegram.group(-100).member(8, { language_code: "en" });
    expect((await member.waitForReply(member.says(`@Wenbao_Bot ${MEASURES}`))).text).toContain(ANSWER);
    const stranger = telegram.private(8, { language_code: "en" });
    const told = await stranger.waitForReply(stranger.says("/start"));
    expect(told.text).toContain("The id to admit here: 8");
    expect((await stranger.asksInline(MEASURES).answer()).results).toEqual([]);
    const you = telegram.private(7);
    expect((await you.asksInline(MEASURES).answer()).results).not.toEqual([]);
    expect(stranger.messages.filter(({ isByBot }) => isByBot)).toHaveLength(1);
  });
});

it("whoever asks too much is told when to ask again, once", async ({ program }) => {
  const { telegram } = await runBot(program, { PERSON_QUESTIONS_PER_MINUTE: "2" });
  const you = telegram.private(7, { language_code: "zh-TW" });
  for (const text of [MEASURES, "誰寫的？"]) await you.waitForReply(you.says(text));
  expect((await you.waitForReply(you.says("第三條呢？"))).text).toMatch(
    /^問得太快，我來不及回答。請 \d+ 秒後再問。$/,
  );
  const silent = you.says("第四條呢？");
  await you.waitForReply(you.says("/id"));
  expect(you.messages.filter(({ replyTo }) => replyTo === silent.key)).toEqual([]);
});
