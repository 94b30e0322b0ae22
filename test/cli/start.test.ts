import { PassThrough } from "node:stream";
import { describe, expect, it, vi } from "vitest";
import { exampleQuestions } from "../../src/cli/chat.ts";
import { ARTICLES, capture, input, run, start } from "./stand-ins.ts";

describe("start with a token", () => {
  it("serves Telegram with the assistant's answers", async () => {
    const { signal } = new AbortController();
    const env = { TELEGRAM_BOT_TOKEN: "1:t", TELEGRAM_API_ROOT: "http://api" };
    const serveTelegram = vi.fn();
    const host = { env, stdin: input("not read\n"), interrupted: () => signal };
    expect((await run(["start"], { host, rooms: { serveTelegram } })).code).toBe(0);
    const [config, service] = serveTelegram.mock.calls[0]!;
    expect(config.telegram).toEqual({ token: "1:t", apiRoot: "http://api" });
    expect(service).toMatchObject({ defaultCollection: "", signal });
    const assistant = service.assistants.follow("");
    expect(await assistant.ask("why?")).toMatchObject({ kind: "answered", question: "why?" });
  });

  it("has Telegram send updates where there is an address for them", async () => {
    const env = { TELEGRAM_BOT_TOKEN: "1:t", WEBHOOK_URL: "https://h/x", WEBHOOK_SECRET: "s" };
    const serveTelegram = vi.fn();
    expect((await run(["start"], { host: { env }, rooms: { serveTelegram } })).code).toBe(0);
    expect(serveTelegram.mock.calls[0]![0].webhook).toEqual({ url: "https://h/x", secret: "s", port: 8443 });
  });
});

describe("start without a terminal", () => {
  it("answers one question a line for people and ends with the input", async () => {
    const { code, out, asked } = await run(["start"], { host: { stdin: input("one\n\ntwo") } });
    expect(code).toBe(0);
    expect(asked).toEqual(["one", "two"]);
    expect(out).toContain("> one\nre one\n");
    expect(out).not.toContain("For example");
  });
});

describe("start on a terminal", () => {
  const keyboard = () => Object.assign(new PassThrough(), { isTTY: true });

  it("greets, answers what was typed ahead in order, and leaves at /quit", async () => {
    const stdin = keyboard();
    const { ended, stdout, asked } = start(["start"], { host: { stdin } });
    stdin.write("one\n\ntwo\n/articles\n/help\n/nonsense\n/quit\nnever\n");
    expect(await ended).toBe(0);
    expect(asked).toEqual(["one", "two"]);
    const text = stdout.text();
    expect(text).toMatch(/^Wenbao 问报 answers questions about 3 articles[\s\S]*《炼钢》的作者是谁？/);
    expect(text.indexOf("re one")).toBeLessThan(text.indexOf("re two"));
    expect(text).toContain("1. 《炼钢》 (李明、Wang)\n2. 《矿石\uFFFD[31m红》\n3. 《煤》 (赵)\n");
    expect(text.match(/\/quit or Ctrl-D leaves/g)).toHaveLength(3);
    expect(text).toContain("There is no command /nonsense.");
  });

  it.each(["exit", " Quit ", "/exit", "/QUIT"])("leaves at %j alone on a line", async (word) => {
    const stdin = keyboard();
    const { ended, asked } = start(["start"], { host: { stdin } });
    stdin.write(`how do I ${word}\n${word}\nnever\n`);
    expect(await ended).toBe(0);
    expect(asked).toEqual([`how do I ${word}`]);
  });

  it("answers what was typed before Ctrl-D, then ends", async () => {
    const stdin = keyboard();
    const { ended, asked } = start(["start"], { host: { stdin } });
    stdin.end("one\ntwo");
    expect(await ended).toBe(0);
    expect(asked).toEqual(["one", "two"]);
  });

  it("leaves at Ctrl-C without waiting for an answer under way", async () => {
    const stdin = keyboard();
    const { ended, assistant } = start(["start"], { host: { stdin, stdout: capture({ isTTY: true }) } });
    const ask = vi.spyOn(assistant, "ask").mockReturnValue(new Promise(() => {}));
    stdin.write("endless\r");
    await vi.waitFor(() => expect(ask).toHaveBeenCalled());
    stdin.write("\u0003");
    expect(await ended).toBe(0);
  });

  it("leaves at Ctrl-C at the prompt", async () => {
    const stdin = keyboard();
    const stdout = capture({ isTTY: true });
    const { ended } = start(["start"], { host: { stdin, stdout } });
    await vi.waitFor(() => expect(stdout.text()).toContain("> "));
    stdin.write("half a quest\u0003");
    expect(await ended).toBe(0);
  });
});

describe("exampleQuestions", () => {
  it("asks who wrote articles whose authors are known", () => {
    expect(exampleQuestions(ARTICLES)).toEqual(["《炼钢》的作者是谁？", "Who wrote 《煤》?"]);
  });
});
