import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ConfigSources, callerDir, readConfig } from "../src/config.ts";
import { AppError } from "../src/errors.ts";
import { EMBEDDED_MODEL, OPTIONS } from "../src/options.ts";

const TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOpp_-9";
let programDir: string;
let cwd: string;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), "wenbao-config-"));
  programDir = join(folder, "program");
  cwd = join(folder, "caller");
  mkdirSync(programDir);
  mkdirSync(cwd);
});
afterEach(() => rmSync(join(programDir, ".."), { recursive: true }));

function read(env: ConfigSources["env"], more: Partial<ConfigSources> = {}) {
  return readConfig({ env, cwd, programDir, ...more });
}

describe("readConfig", () => {
  it("needs nothing: a terminal chat on the shipped corpus and index", () => {
    expect(read({})).toEqual({
      mode: "terminal",
      corpusDir: join(programDir, "corpus"),
      indexDir: join(programDir, "index"),
      stateDir: join(programDir, "state"),
      inboxDir: undefined,
      hubModel: undefined,
      logLevel: "info",
      secrets: [],
      withoutEffect: {},
    });
  });

  it("polls Telegram once there is a token, which it names as a secret", () => {
    const config = read({ TELEGRAM_BOT_TOKEN: ` ${TOKEN} `, TELEGRAM_API_ROOT: "http://127.0.0.1:8081/" });
    expect(config).toMatchObject({
      mode: "polling",
      telegram: { token: TOKEN, apiRoot: "http://127.0.0.1:8081" },
      secrets: [TOKEN],
    });
  });

  it("has Telegram send updates once there is an address for them, and needs a secret then", () => {
    const webhook = { WEBHOOK_URL: "https://example.org/wenbao", WEBHOOK_SECRET: "only_Telegram-knows" };
    expect(read({ TELEGRAM_BOT_TOKEN: TOKEN, ...webhook })).toMatchObject({
      mode: "webhook",
      telegram: { token: TOKEN, apiRoot: "https://api.telegram.org" },
      webhook: { url: "https://example.org/wenbao", secret: "only_Telegram-knows", port: 8443 },
      secrets: [TOKEN, "only_Telegram-knows"],
    });
    expect(read({ TELEGRAM_BOT_TOKEN: TOKEN, ...webhook, WEBHOOK_PORT: "80" })).toMatchObject({
      webhook: { port: 80 },
    });
    expect(read({ TELEGRAM_BOT_TOKEN: TOKEN, ...webhook, WEBHOOK_URL: "" }).mode).toBe("polling");
    expect(read(webhook).mode).toBe("terminal");
    expect(messageOf(() => read({ TELEGRAM_BOT_TOKEN: TOKEN, ...webhook, WEBHOOK_SECRET: "" }))).toContain(
      "WEBHOOK_URL needs WEBHOOK_SECRET",
    );
  });

  it.each([
    ["WEBHOOK_URL", "example.org", /WEBHOOK_URL is "example.org"; expected an http or https address/],
    [
      "WEBHOOK_URL",
      "https://you:word@host/",
      /WEBHOOK_URL is not as expected; .*WEBHOOK_SECRET is for secrets/,
    ],
    ["WEBHOOK_SECRET", "two words", /WEBHOOK_SECRET is not as expected; expected 1 to 256 letters/],
    ["WEBHOOK_SECRET", "s".repeat(257), /WEBHOOK_SECRET is not as expected; expected 1 to 256 letters/],
    ["WEBHOOK_PORT", "0", /WEBHOOK_PORT is "0"; expected a port from 1 to 65535/],
    ["WEBHOOK_PORT", "65536", /expected a port from 1 to 65535/],
    ["WEBHOOK_PORT", "8443x", /expected a port from 1 to 65535/],
    ["HEALTH_PORT", "on", /HEALTH_PORT is "on"; expected a port from 1 to 65535/],
    ["HEALTH_PORT", "65536", /expected a port from 1 to 65535/],
  ])("refuses %s=%s", (name, value, message) => {
    expect(messageOf(() => read({ [name]: value }))).toMatch(message);
  });

  it("has the bot say how it is on a port of its own, where one is named", () => {
    const bot = { TELEGRAM_BOT_TOKEN: TOKEN };
    expect(read(bot).healthPort).toBeUndefined();
    expect(read({ ...bot, HEALTH_PORT: "9090" }).healthPort).toBe(9090);
    const webhook = { WEBHOOK_URL: "https://example.org/wenbao", WEBHOOK_SECRET: "only_Telegram-knows" };
    expect(read({ ...bot, ...webhook, HEALTH_PORT: "9090" }).healthPort).toBe(9090);
    expect(messageOf(() => read({ ...bot, ...webhook, HEALTH_PORT: "8443" }))).toBe(
      "HEALTH_PORT and WEBHOOK_PORT are both 8443. Give each a port of its own.",
    );
    // Nobody listens on the other one.
    expect(read({ ...bot, HEALTH_PORT: "8443" }).healthPort).toBe(8443);
  });

  it("counts an empty value as unset", () => {
    const empty = Object.fromEntries(Object.keys(OPTIONS.shape).map((name) => [name, ""]));
    expect(read(empty)).toEqual(read({}));
  });

  it("takes folders as relative to where the command was called, and arguments before variables", () => {
    const config = read({ CORPUS_DIR: "mine", INDEX_DIR: "mine-index" }, { index: "../other" });
    expect(config.corpusDir).toBe(join(cwd, "mine"));
    expect(config.indexDir).toBe(join(cwd, "../other"));
  });

  it("has a drop folder only where one is named; it and the state's folder are relative as the others are", () => {
    writeFileSync(join(programDir, ".env"), "STATE_DIR=kept\nINBOX_DIR=drop\n");
    const folders = { stateDir: join(programDir, "kept"), inboxDir: join(programDir, "drop") };
    expect(read({})).toMatchObject(folders);
    expect(read({ INBOX_DIR: "../mine" })).toMatchObject({ ...folders, inboxDir: join(cwd, "../mine") });
    expect(read({ INBOX_DIR: "" }).inboxDir).toBeUndefined();
  });

  it("knows the home folder by its ~, which no shell expands in a .env or after --corpus=", () => {
    writeFileSync(join(programDir, ".env"), "CORPUS_DIR=~/articles\nINDEX_DIR=~else\n");
    const folders = { corpusDir: "/home/you/articles", indexDir: join(programDir, "~else") };
    expect(read({ HOME: "/home/you" })).toMatchObject(folders);
    expect(read({ HOME: "/home/you" }, { corpus: "~" }).corpusDir).toBe("/home/you");
  });

  it("knows a chat server by its address; model and key are its own affair", () => {
    expect(read({ LLM_MODEL: "m", LLM_API_KEY: "k" }).chatServer).toBeUndefined();
    const server = { LLM_BASE_URL: "http://127.0.0.1:11434/v1/" };
    expect(read(server).chatServer).toEqual({ baseUrl: "http://127.0.0.1:11434/v1" });
    const config = read({ ...server, LLM_MODEL: "qwen", LLM_API_KEY: "sk-secret" });
    expect(config.chatServer).toEqual({
      baseUrl: "http://127.0.0.1:11434/v1",
      model: "qwen",
      apiKey: "sk-secret",
    });
    expect(config.secrets).toEqual(["sk-secret"]);
    for (const address of ["localhost:11434", "http://me:word@host/v1", "http://host/v1?key=1"])
      expect(messageOf(() => read({ LLM_BASE_URL: address }))).toContain("LLM_API_KEY is for keys");
    expect(messageOf(() => read({ LLM_API_KEY: "sk secret" }))).not.toContain("secret");
  });

  it("takes the candidates' vectors from a model of the hub that has a name, and from a mirror", () => {
    expect(read({ EMBEDDING_MODEL: "Xenova/multilingual-e5-small" }).hubModel).toEqual({
      name: "Xenova/multilingual-e5-small",
      cacheDir: join(programDir, "model-cache"),
      endpoint: "https://huggingface.co",
    });
    const mirrored = { MODEL_CACHE_DIR: "models", HF_ENDPOINT: "http://127.0.0.1:8082/hub/" };
    expect(read({ EMBEDDING_MODEL: "you/tiny", ...mirrored }).hubModel).toEqual({
      name: "you/tiny",
      cacheDir: join(cwd, "models"),
      endpoint: "http://127.0.0.1:8082/hub",
    });
    expect(read({ EMBEDDING_MODEL: EMBEDDED_MODEL, ...mirrored }).hubModel).toBeUndefined();
  });

  it.each([
    "multilingual-e5-small",
    "../../x",
    "..",
    "a/..",
    "../a",
    "a/b/c",
    "/etc/passwd",
    "a/.b",
    "a\\b/c",
    "a/b c",
    "https://huggingface.co/a/b",
  ])("refuses %j as a model, which could lie outside of the models' folder or is none of the hub", (name) => {
    const message = messageOf(() => read({ EMBEDDING_MODEL: name }));
    expect(message).toContain(
      `EMBEDDING_MODEL is ${JSON.stringify(name)}; expected a model of the hub as owner/model, or ${EMBEDDED_MODEL}.`,
    );
  });

  it.each([
    ["HF_ENDPOINT", "mirror", /HF_ENDPOINT is "mirror"; expected an http or https address/],
    ["TELEGRAM_API_ROOT", "telegram", /TELEGRAM_API_ROOT is "telegram"; expected an http or https address/],
    [
      "TELEGRAM_API_ROOT",
      "ftp://host",
      /TELEGRAM_API_ROOT is "ftp:\/\/host"; expected an http or https address/,
    ],
    ["LOG_LEVEL", "loud", /LOG_LEVEL is "loud"; expected one of debug, info, warn, error/],
  ])("refuses %s=%s, naming the variable, its value and what is expected", (name, value, message) => {
    expect(() => read({ [name]: value })).toThrow(AppError);
    expect(() => read({ [name]: value })).toThrow(message);
  });

  it("refuses a token that cannot be one without showing it", () => {
    const message = messageOf(() =>
      read({ TELEGRAM_BOT_TOKEN: "my secret/word", LOG_LEVEL: "my secret/word" }),
    );
    expect(message).toContain("TELEGRAM_BOT_TOKEN");
    expect(message).toContain("@BotFather");
    expect(message).not.toContain("secret/word");
  });
});

describe("addresses", () => {
  it.each([
    "http://me:12#p4ssw0rd@127.0.0.1:1/m",
    "http://me:12?p4ssw0rd@127.0.0.1:1",
    "http://me:p4 ssw0rd@127.0.0.1:1",
    "http://me:p4/ssw0rd@h",
    "http://me:12/p4ssw0rd@h",
    "http://me\\p4ssw0rd@h",
    "http:/me:p4ssw0rd@h",
    "http:me:p4ssw0rd@h",
    "me:p4ssw0rd@127.0.0.1:1",
  ])("such as %s are refused without a part of the password being shown", (address) => {
    for (const name of ["TELEGRAM_API_ROOT", "HF_ENDPOINT"]) {
      const message = messageOf(() => read({ [name]: address }));
      expect(message).toContain(`${name} is not as expected; expected an http or https address without ?, #`);
      expect(message).not.toMatch(/p4|ssw0rd/);
    }
  });

  it.each(["http://h/?a", "http://h/#a", "http://h/a b", "http://h:x", "http:h"])(
    "such as %s are refused and shown: no password can stand there",
    (address) => {
      expect(messageOf(() => read({ HF_ENDPOINT: address }))).toContain(`HF_ENDPOINT is "${address}"`);
      expect(messageOf(() => read({ TELEGRAM_API_ROOT: address }))).toContain(`is "${address}"`);
    },
  );

  it("may hold a password for the Bot API, not for the hub", () => {
    const address = "http://me:p4ssw0rd@127.0.0.1:1/api";
    const config = read({ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: address });
    expect(config).toMatchObject({ telegram: { apiRoot: address } });
    const message = messageOf(() => read({ HF_ENDPOINT: address }));
    expect(message).toContain("a mirror that needs one is not supported");
    expect(message).not.toContain("p4ssw0rd");
  });
});

describe(".env", () => {
  it("is read where the command was called, then in the program's folder; the environment wins over both", () => {
    writeFileSync(join(programDir, ".env"), "LOG_LEVEL=warn\nCORPUS_DIR=kept\nINDEX_DIR=hidden\n");
    writeFileSync(join(cwd, ".env"), "INDEX_DIR='own'\nLOG_LEVEL=error\n");
    expect(read({ LOG_LEVEL: "debug" })).toMatchObject({
      logLevel: "debug",
      // A folder named in a file is relative to that file.
      corpusDir: join(programDir, "kept"),
      indexDir: join(cwd, "own"),
    });
  });

  it("gives way to an empty variable, so that the bot's token can be put aside for once", () => {
    writeFileSync(join(programDir, ".env"), `TELEGRAM_BOT_TOKEN=${TOKEN}\n`);
    expect(read({}).mode).toBe("polling");
    expect(read({ TELEGRAM_BOT_TOKEN: "" }).mode).toBe("terminal");
  });

  it("may hold comments, exports, values of several lines and a byte order mark", () => {
    const text = `\uFEFF# mine\n\nexport LOG_LEVEL=warn # less\nOTHER="one\ntwo words"\nCORPUS_DIR=a=b\r\n`;
    writeFileSync(join(programDir, ".env"), text);
    expect(read({})).toMatchObject({ logLevel: "warn", corpusDir: join(programDir, "a=b") });
  });

  it("has every name explained that changes nothing, and the one that was meant named", () => {
    const text = "CORPUS_DR=a\nTELEGRAM_TOKEN=b\nLogLevel=c\nQUOTA=d\nPORT=e\nLOG_LEVEL=warn\nEMPTY=\n";
    writeFileSync(join(programDir, ".env"), text);
    // What else is in the environment is not ours to judge.
    expect(read({ CORPUS_FOLDER: "x" }).withoutEffect).toEqual({
      CORPUS_DR: "is no setting; did you mean CORPUS_DIR?",
      TELEGRAM_TOKEN: "is no setting; did you mean TELEGRAM_BOT_TOKEN?",
      LogLevel: "is no setting; did you mean LOG_LEVEL?",
      QUOTA: "is no setting",
      PORT: "is no setting",
    });
  });

  it("has a port for a bot's health explained where there is no bot", () => {
    writeFileSync(join(programDir, ".env"), "HEALTH_PORT=9090\n");
    const idle = { HEALTH_PORT: "does nothing without TELEGRAM_BOT_TOKEN" };
    expect(read({}).withoutEffect).toEqual(idle);
    expect(read({ TELEGRAM_BOT_TOKEN: "" }).withoutEffect).toEqual(idle);
    expect(read({ TELEGRAM_BOT_TOKEN: TOKEN }).withoutEffect).toEqual({});
    writeFileSync(join(programDir, ".env"), "HEALTH_PORT=\n");
    expect(read({}).withoutEffect).toEqual({});
  });

  it("is refused with the number of a line that is no setting, never with what stands there", () => {
    writeFileSync(join(programDir, ".env"), `LOG_LEVEL=warn\nTELEGRAM_BOT_TOKEN ${TOKEN}\n`);
    const message = messageOf(() => read({}));
    expect(message).toMatch(/^Line 2 of .*\.env is not NAME=value/);
    expect(message).not.toContain(TOKEN);
  });

  it("is refused when it cannot be read", () => {
    mkdirSync(join(programDir, ".env"));
    expect(() => read({})).toThrow(/^Cannot read .*\.env/);
  });
});

describe("callerDir", () => {
  const npm = { npm_lifecycle_event: "ask", INIT_CWD: "/home/you" };

  it("is the folder in which npm run was called", () => {
    expect(callerDir({ env: npm, cwd: programDir, programDir })).toBe("/home/you");
  });

  it("is the working folder without npm, or where npm started another program that started this one", () => {
    expect(callerDir({ env: { INIT_CWD: "/home/you" }, cwd: programDir, programDir })).toBe(programDir);
    expect(callerDir({ env: npm, cwd, programDir })).toBe(cwd);
  });
});

describe(".env.example", () => {
  const text = readFileSync(join(import.meta.dirname, "../.env.example"), "utf8");
  const shown = parseEnv(text);

  it("explains every option there is and no other", () => {
    expect(Object.keys(shown).sort()).toEqual(Object.keys(OPTIONS.shape).sort());
    for (const name of Object.keys(OPTIONS.shape)) expect(text).toMatch(new RegExp(`^# .+\n${name}=`, "m"));
  });

  it("shows the defaults", () => {
    expect(
      read(Object.fromEntries(Object.entries(shown).filter(([name]) => !name.endsWith("_DIR")))),
    ).toEqual(read({}));
    expect(shown).toMatchObject(OPTIONS.parse({}));
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error.message;
  }
  throw new Error("expected an AppError");
}
