import { describe, expect, it } from "vitest";
import type { Check } from "../../src/cli/doctor.ts";
import { AppError } from "../../src/errors.ts";
import { type Changes, run } from "./stand-ins.ts";

const TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOpp_-9";
const withToken = (token = TOKEN) => ({ env: { TELEGRAM_BOT_TOKEN: token } });

async function examine(changes: Changes = {}) {
  const { code, out } = await run(["doctor", "--json"], changes);
  const { ok, checks } = JSON.parse(out) as { ok: boolean; checks: Check[] };
  const find = (name: string) => checks.find((each) => each.name === name);
  return { code, ok, checks, find };
}

describe("doctor", () => {
  it("finds nothing wrong with a fresh installation without a token", async () => {
    const { code, ok, checks } = await examine();
    expect({ code, ok }).toEqual({ code: 0, ok: true });
    expect(checks.map(({ name, status }) => `${name} ${status}`)).toEqual([
      "node ok",
      "native index ok",
      "model ok",
      "corpus ok",
      "index ok",
      "token ok",
    ]);
  });

  it("goes on after a failure, says what to do and fails", async () => {
    const { code, find } = await examine({
      host: { nodeVersion: "18.20.1" },
      rooms: {
        readCorpus: async () => ({ articles: [], problems: [] }),
        openAssistant: () => Promise.reject(new AppError('It does not fit. Run "npm run index".')),
      },
    });
    expect(code).toBe(1);
    expect(find("node")).toMatchObject({
      status: "fail",
      message: expect.stringMatching(/Install Node 20\.19/),
    });
    expect(find("corpus")).toMatchObject({
      status: "fail",
      message: expect.stringMatching(/^\/program\/corpus holds no article\. Add some with "npm run import/),
    });
    expect(find("index")).toMatchObject({ status: "fail", message: 'It does not fit. Run "npm run index".' });
  });

  it("names every file of the corpus that is left out, and why", async () => {
    const problems = [
      { path: "a.md", reason: "has no front matter" },
      { path: "b.md", reason: "title is missing" },
    ];
    const { find } = await examine({ rooms: { readCorpus: async () => ({ articles: [], problems }) } });
    expect(find("corpus")).toMatchObject({
      status: "fail",
      message:
        "2 files of /program/corpus left out: a.md (has no front matter), b.md (title is missing). Correct or remove what is named.",
    });
  });

  it("is content without hnswlib, which only costs time", async () => {
    const { code, ok, find } = await examine({ rooms: { hasNativeIndex: async () => false } });
    expect({ code, ok }).toEqual({ code: 0, ok: true });
    expect(find("native index")).toMatchObject({ status: "warn", message: expect.stringContaining("g++") });
  });

  it.each([
    ["20.18.9", "fail"],
    ["20.19.0", "ok"],
    ["22.0.0", "ok"],
  ])("judges Node %s: %s", async (nodeVersion, status) => {
    expect((await examine({ host: { nodeVersion } })).find("node")?.status).toBe(status);
  });

  it("says who the bot is and whether a webhook takes its updates", async () => {
    const webhook = "https://example.org/hook";
    const examineBot = async () => ({ username: "news_bot", webhook });
    const { code, find } = await examine({ host: withToken(), rooms: { examineBot } });
    expect(code).toBe(0);
    expect(find("telegram")).toEqual({
      name: "telegram",
      status: "ok",
      message: "https://api.telegram.org knows the bot as @news_bot",
    });
    expect(find("webhook")).toMatchObject({ status: "warn", message: expect.stringContaining(webhook) });
  });

  it("says which model a chat server answers with, or what to do: without it the quotes stand alone", async () => {
    const host = { env: { LLM_BASE_URL: "http://127.0.0.1:11434/v1/", LLM_API_KEY: "sk-secret" } };
    expect((await examine({ host })).find("phrasing")).toMatchObject({
      status: "ok",
      message: "http://127.0.0.1:11434/v1 answers with a-model",
    });
    const examineChatServer = () => Promise.reject(new Error("HTTP 401 sk-secret"));
    const { code, find } = await examine({ host, rooms: { examineChatServer } });
    expect(code).toBe(0);
    expect(find("phrasing")).toMatchObject({
      status: "warn",
      message: expect.stringMatching(/does not answer \(HTTP 401 \[redacted\]\).*LLM_BASE_URL/),
    });
  });

  it("never shows a secret, wherever it comes from", async () => {
    const examineBot = () => Promise.reject(new Error(`http://me:word@host/bot${TOKEN}/getMe failed`));
    const { code, find } = await examine({ host: withToken(), rooms: { examineBot } });
    expect(code).toBe(1);
    expect(find("telegram")?.message).toBe("http://[redacted]@host/bot[redacted]/getMe failed");
    expect((await examine({ host: withToken("short") })).find("token")?.status).toBe("warn");
  });
});
