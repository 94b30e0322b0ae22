import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/program.ts";
import { AppError } from "../../src/errors.ts";
import { input, run, standInAssistant } from "./stand-ins.ts";

const TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOpp_-9";

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
    [["evaluate", "a", "--out="], "--out names no FILE."],
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
    const npm = { cwd: "/program", env: { npm_lifecycle_event: "ask", INIT_CWD: "/home/you" } };
    const shipped = { corpusDir: "/program/corpus", indexDir: "/program/index" };
    expect((await run(["ask", "q", "--corpus", "mine"], { host: npm })).called).toEqual([
      { ...shipped, corpusDir: "/home/you/mine" },
    ]);
    expect((await run(["import", "a.txt"], { host: npm })).called).toEqual([
      { paths: ["/home/you/a.txt"], corpusDir: "/program/corpus" },
      "write",
      shipped,
    ]);
    expect((await run(["evaluate", "news", "--distractors", "/more", "--index", "i"])).called).toEqual([
      { dataset: "/caller/news", distractors: "/more", ...shipped, indexDir: "/caller/i" },
    ]);
  });

  it("shows a failure the operator can mend as one line, without the token", async () => {
    const openAssistant = () => Promise.reject(new AppError(`No index.\nRun "npm run index". ${TOKEN}`));
    const host = { env: { TELEGRAM_BOT_TOKEN: TOKEN } };
    expect(await run(["ask", "q"], { host, rooms: { openAssistant } })).toMatchObject({
      code: 1,
      out: "",
      err: 'wenbao: No index. Run "npm run index". [redacted]\n',
    });
  });

  it("names the operator's own folders in the commands it advises, ready to be copied", async () => {
    const openAssistant = () => Promise.reject(new AppError('Run "npm run index" to build it.'));
    const folders = ["--corpus", "my news", "--index=i"];
    expect((await run(["ask", "q", ...folders], { rooms: { openAssistant } })).err).toBe(
      "wenbao: Run \"npm run index -- --corpus 'my news' --index i\" to build it.\n",
    );
    const readCorpus = async () => ({ articles: [], problems: [] });
    expect((await run(["doctor", "--corpus", "c"], { rooms: { readCorpus } })).out).toContain(
      'Add some with "npm run import -- PATH --corpus c"',
    );
    expect((await run(["import", "a.txt", "--no-index", ...folders])).out).toContain('--index i" before');
  });

  it("tells in the log when vectors are searched one by one", async () => {
    const openAssistant = async () => ({ ...standInAssistant().assistant, search: "exact" as const });
    const { code, err } = await run(["ask", "q"], { rooms: { openAssistant } });
    expect(code).toBe(0);
    expect(JSON.parse(err)).toMatchObject({ level: "warn", event: expect.stringContaining("hnswlib-node") });
  });

  it("tells in the log which files of the corpus are left out", async () => {
    const problems = [{ path: "a.md", reason: "has no title" }];
    const openAssistant = async () => ({ ...standInAssistant().assistant, problems });
    const { code, err } = await run(["ask", "q"], { rooms: { openAssistant } });
    expect(code).toBe(0);
    expect(JSON.parse(err)).toMatchObject({ level: "warn", path: "a.md", reason: "has no title" });
  });

  it("names wrong settings", async () => {
    const { code, err } = await run(["ask", "q"], { host: { env: { LOG_LEVEL: "loud" } } });
    expect(code).toBe(1);
    expect(err).toMatch(/^wenbao: LOG_LEVEL is "loud".+\n$/);
  });

  it("warns in one line of settings in .env that change nothing", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "wenbao-program-"));
    writeFileSync(join(cwd, ".env"), "CORPUS_DR=mine\nACCESS=open\n");
    const { code, out, err } = await run(["doctor"], { host: { cwd } });
    rmSync(cwd, { recursive: true });
    expect({ code, out }).toEqual({ code: 0, out: expect.not.stringContaining("CORPUS_DR") });
    expect(JSON.parse(err)).toMatchObject({
      level: "warn",
      CORPUS_DR: expect.stringContaining("CORPUS_DIR?"),
    });
  });

  it("shows a bug's stack only at LOG_LEVEL=debug", async () => {
    const openAssistant = () => Promise.reject(new TypeError("x is undefined"));
    const quiet = await run(["ask", "q"], { rooms: { openAssistant } });
    expect(quiet.code).toBe(1);
    expect(quiet.err).toMatch(/^wenbao: x is undefined \(.+\)\n$/);
    const loud = await run(["ask", "q"], { host: { env: { LOG_LEVEL: "debug" } }, rooms: { openAssistant } });
    expect(loud.err).toContain("program.test.ts");
  });

  it("ends quietly when its reader leaves", async () => {
    const stdout = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error("write EPIPE"), { code: "EPIPE" })),
    });
    const { code, err } = await run(["ask"], { host: { stdin: input("one\ntwo\n"), stdout } });
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });
});
