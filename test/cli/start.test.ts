import { PassThrough } from "node:stream";
import { describe, expect, it, vi } from "vitest";
import { exampleQuestions } from "../../src/cli/chat.ts";
import { runStart, type TelegramService } from "../../src/cli/start.ts";
import type { Config } from "../../src/config.ts";
import { ARTICLES, capture, input, recordLog, standInAssistant } from "./stand-ins.ts";

const common = {
  corpusDir: "/corpus",
  indexDir: "/index",
  logLevel: "info",
  secrets: [],
  withoutEffect: {},
} as const;
const terminal: Config = { ...common, mode: "terminal" };
const polling: Config = { ...common, mode: "polling", telegram: { token: "1:t", apiRoot: "http://api" } };

function setUp(config: Config, stdin: ReturnType<typeof input>, stdout = capture()) {
  const { assistant, asked } = standInAssistant();
  const interruption = new AbortController();
  const served: TelegramService[] = [];
  const partners = {
    stdin,
    stdout,
    stderr: capture(),
    log: recordLog(),
    colours: false,
    openAssistant: async () => assistant,
    serveTelegram: async (service: TelegramService) => void served.push(service),
    interrupted: () => interruption.signal,
  };
  return { ...partners, assistant, asked, served, interruption, start: () => runStart(config, partners) };
}

describe("start with a token", () => {
  it("serves Telegram with the assistant's answers", async () => {
    const { start, served, interruption } = setUp(polling, input("not read\n"));
    expect(await start()).toBe(0);
    expect(served).toHaveLength(1);
    const [service] = served;
    expect(service).toMatchObject({ token: "1:t", apiRoot: "http://api", signal: interruption.signal });
    expect(await service!.ask("why?")).toMatchObject({ kind: "answered", question: "why?" });
  });
});

describe("start without a terminal", () => {
  it("answers one question a line for people and ends with the input", async () => {
    const { start, stdout, asked } = setUp(terminal, input("one\n\ntwo"));
    expect(await start()).toBe(0);
    expect(asked).toEqual(["one", "two"]);
    expect(stdout.text()).toContain("> one\nre one\n");
    expect(stdout.text()).not.toContain("For example");
  });
});

describe("start on a terminal", () => {
  const keyboard = () => Object.assign(new PassThrough(), { isTTY: true });

  it("greets, answers what was typed ahead in order, and leaves at /quit", async () => {
    const stdin = keyboard();
    const { start, stdout, asked } = setUp(terminal, stdin);
    const ended = start();
    stdin.write("one\n\ntwo\n/articles\n/help\n/nonsense\n/quit\nnever\n");
    expect(await ended).toBe(0);
    expect(asked).toEqual(["one", "two"]);
    const text = stdout.text();
    expect(text).toMatch(/^Wenbao 问报 answers questions about 3 articles[\s\S]*《炼钢》的作者是谁？/);
    expect(text.indexOf("re one")).toBeLessThan(text.indexOf("re two"));
    expect(text).toContain("1. 《炼钢》 (李明、Wang)\n2. 《矿石\uFFFD[31m红》\n3. 《煤》 (赵)\n");
    expect(text).toContain("There is no command /nonsense.");
  });

  it("answers what was typed before Ctrl-D, then ends", async () => {
    const stdin = keyboard();
    const { start, asked } = setUp(terminal, stdin);
    const ended = start();
    stdin.end("one\ntwo");
    expect(await ended).toBe(0);
    expect(asked).toEqual(["one", "two"]);
  });

  it("leaves at Ctrl-C without waiting for an answer under way", async () => {
    const stdin = keyboard();
    const { start, assistant } = setUp(terminal, stdin, capture({ isTTY: true }));
    const ask = vi.spyOn(assistant, "ask").mockReturnValue(new Promise(() => {}));
    const ended = start();
    stdin.write("endless\r");
    await vi.waitFor(() => expect(ask).toHaveBeenCalled());
    stdin.write("\u0003");
    expect(await ended).toBe(0);
  });

  it("leaves at Ctrl-C at the prompt", async () => {
    const stdin = keyboard();
    const stdout = capture({ isTTY: true });
    const { start } = setUp(terminal, stdin, stdout);
    const ended = start();
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
