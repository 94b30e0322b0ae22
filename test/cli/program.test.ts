import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/commands.ts";
import { type Host, type ProgramPartners, runProgram } from "../../src/cli/program.ts";
import { AppError } from "../../src/errors.ts";
import type { EvaluationReport } from "../../src/evaluation/evaluate.ts";
import { capture, input, standInAssistant } from "./stand-ins.ts";

const TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOpp_-9";
let programDir: string;
beforeAll(() => {
  programDir = mkdtempSync(join(tmpdir(), "wenbao-program-"));
});
afterAll(() => rmSync(programDir, { recursive: true }));

async function run(
  argv: readonly string[],
  changes: Partial<Host> = {},
  rooms: Partial<ProgramPartners<string>> = {},
) {
  const [stdout, stderr] = [capture(), capture()];
  const called: unknown[] = [];
  const { assistant } = standInAssistant();
  const partners: ProgramPartners<string> = {
    openAssistant: async (config) => {
      called.push({ corpus: config.corpusDir, index: config.indexDir });
      return assistant;
    },
    serveTelegram: async ({ apiRoot }) => void called.push({ apiRoot }),
    planImport: async (paths, corpusDir) => {
      called.push({ paths, corpusDir });
      return "plan";
    },
    reportImport: () => ({
      articles: [{ id: "t", title: "t", authors: [], paragraphs: [], repairs: 0 }],
      skipped: [],
    }),
    writeImport: async (plan) => void called.push(plan),
    buildIndex: async ({ corpusDir, indexDir }) => {
      called.push({ corpusDir, indexDir });
      return { articles: 1, passages: 1, embeddedArticles: 0 };
    },
    evaluate: async ({ onProgress: _, ...request }) => {
      called.push(request);
      return { byLanguage: {} } as EvaluationReport;
    },
    doctor: {
      loadNativeIndex: async () => {},
      loadModel: async () => "model",
      countArticles: async () => 1,
      verifyIndex: async () => 1,
    },
    ...rooms,
  };
  const host: Host = {
    stdin: input(),
    stdout,
    stderr,
    env: {},
    cwd: "/caller",
    programDir,
    version: "1.2.3",
    nodeVersion: "20.19.0",
    now: () => new Date(0),
    interrupted: () => new AbortController().signal,
    fetch,
    ...changes,
  };
  const code = await runProgram(argv, host, partners);
  return { code, out: stdout.text(), err: stderr.text(), called };
}

describe("the program", () => {
  it("explains itself, every command and its version on stdout", async () => {
    const help = await run(["--help"]);
    expect(help.code).toBe(0);
    for (const command of COMMANDS) {
      expect(help.out).toContain(command.summary);
      const { code, out, err, called } = await run([command.name, "--help"]);
      expect({ code, err, called }).toEqual({ code: 0, err: "", called: [] });
      for (const option of [...Object.keys(command.options), "corpus", "index"])
        expect(out).toContain(`--${option}`);
      for (const [example] of command.examples) expect(out).toContain(example);
    }
    expect(await run(["--version"])).toMatchObject({ code: 0, out: "1.2.3\n" });
  });

  it.each([
    [[], "No command was given; there are start, ask"],
    [["aks"], 'There is no command "aks"'],
    [["ask", "--jsno"], "Unknown option '--jsno'."],
    [["ask", "--corpus"], "Option '--corpus <value>' argument missing."],
    [["ask", "--corpus="], "--corpus names no DIR."],
    [["ask", "--json=yes"], "Option '--json' does not take an argument."],
    [["ask", " "], "The question is blank."],
    [["index", "corpus"], '"corpus" is one argument too many.'],
    [["import"], "PATH… is missing."],
    [["evaluate"], "DATASET is missing."],
    [["evaluate", "a", "b"], '"b" is one argument too many.'],
  ])("ends %j with exit code 2 and one clear line", async (argv, message) => {
    const { code, out, err, called } = await run(argv);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toMatch(/^wenbao: .+\n$/);
    expect(err).toContain(message);
    expect(called).toEqual([]);
  });

  it("joins the words of a question, one that begins with - after --", async () => {
    expect((await run(["ask", "--json", "who", "wrote", "it?"])).out).toContain('"question":"who wrote it?"');
    expect((await run(["ask", "--json", "--", "-5 度"])).out).toContain('"question":"-5 度"');
  });

  it("hands each command what it asks for, paths relative to the caller", async () => {
    const npm = { cwd: programDir, env: { npm_lifecycle_event: "ask", INIT_CWD: "/home/you" } };
    const corpus = join(programDir, "corpus");
    const index = join(programDir, "index");
    expect((await run(["ask", "q", "--corpus", "mine"], npm)).called).toEqual([
      { corpus: "/home/you/mine", index },
    ]);
    expect((await run(["import", "a.txt"], npm)).called).toEqual([
      { paths: ["/home/you/a.txt"], corpusDir: corpus },
      "plan",
      { corpusDir: corpus, indexDir: index },
    ]);
    expect((await run(["evaluate", "news", "--distractors", "/more", "--index", "i"])).called).toEqual([
      { dataset: "/caller/news", distractors: "/more", corpusDir: corpus, indexDir: "/caller/i" },
    ]);
    expect((await run(["start"], { env: { TELEGRAM_BOT_TOKEN: TOKEN } })).called).toContainEqual({
      apiRoot: "https://api.telegram.org",
    });
    expect(await run(["doctor"])).toMatchObject({ code: 0, out: expect.stringContaining("ok    index") });
    expect(readdirSync(programDir)).toEqual([]);
  });

  it("shows a failure the operator can mend as one line, without the token", async () => {
    const openAssistant = () => Promise.reject(new AppError(`No index.\nRun "npm run index". ${TOKEN}`));
    const { code, out, err } = await run(
      ["ask", "q"],
      { env: { TELEGRAM_BOT_TOKEN: TOKEN } },
      { openAssistant },
    );
    expect({ code, out, err }).toEqual({
      code: 1,
      out: "",
      err: 'wenbao: No index. Run "npm run index". [redacted]\n',
    });
  });

  it("names wrong settings", async () => {
    const { code, err } = await run(["ask", "q"], { env: { LOG_LEVEL: "loud" } });
    expect(code).toBe(1);
    expect(err).toMatch(/^wenbao: LOG_LEVEL is "loud".+\n$/);
  });

  it("warns in one line of settings in .env that change nothing", async () => {
    writeFileSync(join(programDir, ".env"), "CORPUS_DR=mine\nACCESS=open\n");
    const { code, out, err } = await run(["doctor"]);
    rmSync(join(programDir, ".env"));
    expect({ code, out }).toEqual({ code: 0, out: expect.not.stringContaining("CORPUS_DR") });
    expect(JSON.parse(err)).toMatchObject({
      level: "warn",
      CORPUS_DR: expect.stringContaining("CORPUS_DIR?"),
    });
  });

  it("shows a bug's stack only at LOG_LEVEL=debug", async () => {
    const openAssistant = () => Promise.reject(new TypeError("x is undefined"));
    const quiet = await run(["ask", "q"], {}, { openAssistant });
    expect(quiet.code).toBe(1);
    expect(quiet.err).toMatch(/^wenbao: x is undefined \(.+\)\n$/);
    const loud = await run(["ask", "q"], { env: { LOG_LEVEL: "debug" } }, { openAssistant });
    expect(loud.err).toContain("program.test.ts");
  });

  it("ends quietly when its reader leaves", async () => {
    const stdout = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error("write EPIPE"), { code: "EPIPE" })),
    });
    const { code, err } = await run(["ask"], { stdin: input("one\ntwo\n"), stdout });
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });
});
