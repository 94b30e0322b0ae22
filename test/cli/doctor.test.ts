import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { FolderState } from "../../src/cli/doctor/look-at-folder.ts";
import type { Check } from "../../src/cli/doctor.ts";
import { AppError } from "../../src/errors.ts";
import type { ArticleId } from "../../src/types.ts";
import { makeFolder } from "../index/sample.ts";
import { type Changes, run } from "./stand-ins.ts";

const TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOpp_-9";
const withToken = (token = TOKEN) => ({ env: { TELEGRAM_BOT_TOKEN: token } });

async function examine(changes: Changes = {}) {
  const { code, out } = await run(["doctor", "--json"], changes);
  const { ok, checks } = JSON.parse(out) as { ok: boolean; checks: Check[] };
  const find = (name: string) => checks.find((each) => each.name === name);
  return { code, ok, checks, find };
}

/** Folders that are as they should be, but for what is said of some. */
function lookAt(folders: Readonly<Record<string, Partial<FolderState>>>) {
  const fine = { kind: "folder", isReadable: true, isWritable: true, freeBytes: 9e9 } as const;
  return async (path: string): Promise<FolderState> => ({ ...fine, ...folders[path] });
}

describe("doctor", () => {
  it("finds nothing wrong with a fresh installation without a token", async () => {
    const { code, ok, checks } = await examine();
    expect({ code, ok }).toEqual({ code: 0, ok: true });
    expect(checks.map(({ name, status }) => `${name} ${status}`)).toEqual([
      "node ok",
      "native index ok",
      "segmenter ok",
      "PDF reader ok",
      "model ok",
      "corpus ok",
      "articles ok",
      "index ok",
      "state folder ok",
      "disk ok",
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

  it("fails where a damaged index is answered from the one before", async () => {
    const damage = { reason: 'The index is damaged. Run "npm run index".', missing: 2 };
    const { code, find } = await examine({
      rooms: {
        openAssistant: async () => ({
          ...{ articles: [], problems: [], passages: 3, search: "exact", damage },
          ask: () => Promise.reject(new Error("is not asked")),
          explain: () => Promise.reject(new Error("is not asked")),
        }),
      },
    });
    expect(code).toBe(1);
    expect(find("index")).toMatchObject({ status: "fail", message: damage.reason });
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

  it("names at most five articles of each kind of finding, and gives every kind a line", async () => {
    const where = Array.from({ length: 17 }, (_, number) => `page-${number + 1}`);
    const findings = [
      { what: "no source", where, advice: "Say it." },
      { what: "no text", where: ["page-1"], advice: "Write\u001b[31m it." },
    ];
    const dates: string[] = [];
    const changes: Changes = {
      host: { now: () => new Date(2026, 2, 1, 0, 30) },
      rooms: {
        readCorpus: async () => ({ articles: [], problems: [], misnamed: ["b" as ArticleId] }),
        examineArticles: async (_, today) => {
          dates.push(today);
          return findings;
        },
      },
    };
    const { find } = await examine(changes);
    expect(find("articles")).toEqual({
      name: "articles",
      status: "warn",
      message: [
        "no source (17): page-1, page-2, page-3, page-4, page-5 and 12 more. Say it.",
        "no text (1): page-1. Write\u001b[31m it.",
        'another id in the front matter than the file\'s name (1): b. The name counts; correct "id:" or rename the file.',
      ].join("\n"),
    });
    expect(dates).toEqual(["2026-03-01"]);
    const { out } = await run(["doctor"], changes);
    expect(out).toMatch(/^warn {2}articles {6}no source .*\n {20}no text .* Write\uFFFD.*\n {20}another id/m);
  });

  it("judges no articles where the corpus cannot be read, which it says once", async () => {
    const readCorpus = () => Promise.reject(new AppError("The corpus folder cannot be read."));
    const { checks } = await examine({ rooms: { readCorpus } });
    expect(
      checks.filter(({ message }) => message.includes("cannot be read")).map(({ name }) => name),
    ).toEqual(["corpus"]);
  });

  it("fails without words, and warns that there is no PDF reader", async () => {
    const { code, find } = await examine({
      rooms: {
        segmentWords: () => Promise.reject(new Error("Cannot find native binding")),
        findPdfLibrary: () => Promise.reject(new Error("Cannot find package 'pdfjs-dist'")),
      },
    });
    expect(code).toBe(1);
    expect(find("segmenter")).toMatchObject({
      status: "fail",
      message: expect.stringMatching(/Cannot find native binding.*npm ci/),
    });
    expect(find("PDF reader")).toMatchObject({
      status: "warn",
      message: expect.stringMatching(/^PDF files cannot be imported.*npm ci/),
    });
    const whole = await examine({ rooms: { segmentWords: async (text) => [text] } });
    expect(whole.find("segmenter")?.status).toBe("fail");
  });

  it.each<[string, Partial<FolderState>, string, RegExp]>([
    ["will be made", { kind: "nothing" }, "ok", /^\/program\/state will be made/],
    ["cannot be made", { kind: "nothing", isWritable: false }, "fail", /cannot be made.*STATE_DIR/],
    ["cannot be written to", { isWritable: false }, "fail", /cannot be written to.*STATE_DIR/],
    ["is a file", { kind: "no folder" }, "fail", /is a file.*STATE_DIR/],
  ])("says of the state's folder that it %s", async (_, state, status, message) => {
    const { find } = await examine({ rooms: { lookAtFolder: lookAt({ "/program/state": state }) } });
    expect(find("state folder")).toMatchObject({ status, message: expect.stringMatching(message) });
  });

  it.each<[string, string, Partial<FolderState>, readonly string[], string, RegExp]>([
    ["all is known", "/drop", {}, [], "ok", /^2 files in \/drop/],
    ["some is unknown", "/drop", {}, ["a.zip"], "warn", /1 file of \/drop in no known format: a\.zip\. /],
    ["it is missing", "/drop", { kind: "nothing" }, [], "warn", /not there.*INBOX_DIR/],
    ["it is a file", "/drop", { kind: "no folder" }, [], "warn", /is a file.*INBOX_DIR/],
    ["it is closed", "/drop", { isReadable: false }, [], "warn", /cannot be read/],
    ["it lies among the articles", "/program/corpus/drop", {}, [], "warn", /lie in each other/],
    ["the articles lie in it", "/program", {}, [], "warn", /lie in each other/],
    ["it holds the articles' sources", "/program/corpus/source", {}, [], "ok", /^2 files/],
  ])("judges a drop folder where %s", async (_, inbox, state, unknown, status, message) => {
    const { find } = await examine({
      host: { env: { INBOX_DIR: inbox } },
      rooms: {
        lookAtFolder: lookAt({ [inbox]: state }),
        examineInbox: async () => ({ files: 2, unknown }),
      },
    });
    expect(find("drop folder")).toMatchObject({ status, message: expect.stringMatching(message) });
  });

  it("warns of a disk with less room than half a gigabyte, or than three indexes take", async () => {
    const lookAtFolder = lookAt({
      "/program/index": { freeBytes: 700e6 },
      "/program/state": { freeBytes: 4e9 },
    });
    const small = await examine({ rooms: { lookAtFolder } });
    expect(small.find("disk")).toMatchObject({
      status: "ok",
      message: "700 MB free, and the index takes 2 MB",
    });
    const large = await examine({ rooms: { lookAtFolder, measureFolder: async () => 1e9 } });
    expect(large.find("disk")).toMatchObject({
      status: "warn",
      message: expect.stringMatching(/^700 MB free for \/program\/index; 3,000 MB should be/),
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

  it.each([
    [
      "updates go to it",
      "https://example.org/hook",
      undefined,
      "ok",
      "updates go to https://example.org/hook",
    ],
    ["nobody has set it", "", undefined, "warn", 'wait to be fetched until "npm start" sets WEBHOOK_URL'],
    [
      "another is set",
      "https://other.org",
      undefined,
      "warn",
      'go to https://other.org until "npm start" sets',
    ],
    ["it does not answer", "https://example.org/hook", "Connection refused", "warn", "(Connection refused)"],
  ])("of its own webhook says that %s", async (_, webhook, webhookFailure, status, message) => {
    const env = {
      ...withToken().env,
      WEBHOOK_URL: "https://example.org/hook",
      WEBHOOK_SECRET: "only_Telegram-knows",
    };
    const examineBot = async () => ({
      username: "news_bot",
      webhook,
      ...(webhookFailure === undefined ? {} : { webhookFailure }),
    });
    const { find } = await examine({ host: { env }, rooms: { examineBot } });
    expect(find("webhook")).toMatchObject({ status, message: expect.stringContaining(message) });
    expect(find("webhook")?.message).not.toContain("only_Telegram-knows");
  });

  it("says what the running bot says of itself, where it listens on a port for that", async () => {
    const env = { ...withToken().env, HEALTH_PORT: "9090" };
    const ports: number[] = [];
    const examineHealth = async (port: number) => {
      ports.push(port);
      return "the bot that runs heard from Telegram 3 s ago";
    };
    const { find } = await examine({ host: { env }, rooms: { examineHealth } });
    expect(find("health")).toMatchObject({ status: "ok", message: expect.stringContaining("3 s ago") });
    expect(ports).toEqual([9090]);
    const silent = await examine({
      host: { env },
      rooms: { examineHealth: () => Promise.reject(new AppError("nothing listens on 127.0.0.1:9090")) },
    });
    expect([silent.code, silent.find("health")?.status]).toEqual([0, "warn"]);
    expect((await examine({ host: withToken() })).find("health")).toBeUndefined();
    expect((await examine({ host: { env: { HEALTH_PORT: "9090" } } })).find("health")).toBeUndefined();
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

  it("tells when other users may read a secret in use, and nothing of one that is put aside", async () => {
    const programDir = await makeFolder({ ".env": "LLM_API_KEY=sk-secret\n" });
    const path = join(programDir, ".env");
    const look = async (env = {}) => (await examine({ host: { programDir, env } })).find("secrets");
    await chmod(path, 0o640);
    expect(await look()).toMatchObject({
      status: "warn",
      message: expect.stringContaining(`Run "chmod 600 ${path}".`),
    });
    expect(await look({ LLM_API_KEY: "" })).toBeUndefined();
    expect(await look({ LLM_API_KEY: "another" })).toMatchObject({ status: "ok" });
    await chmod(path, 0o600);
    expect(await look()).toMatchObject({ status: "ok" });
  });

  it("never shows a secret, wherever it comes from", async () => {
    const examineBot = () => Promise.reject(new Error(`http://me:word@host/bot${TOKEN}/getMe failed`));
    const { code, find } = await examine({ host: withToken(), rooms: { examineBot } });
    expect(code).toBe(1);
    expect(find("telegram")?.message).toBe("http://[redacted]@host/bot[redacted]/getMe failed");
    expect((await examine({ host: withToken("short") })).find("token")?.status).toBe("warn");
  });
});
