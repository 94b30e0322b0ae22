import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { it, linesOf, programDir } from "../support/program.ts";

const COMMANDS = ["start", "ask", "import", "articles", "index", "evaluate", "doctor"];

describe("the program", () => {
  it("explains itself and every command on stdout", async ({ program }) => {
    const help = await program.run(["--help"]);
    expect(help).toMatchObject({ code: 0, stderr: "" });
    for (const command of COMMANDS) {
      expect(help.stdout).toContain(`\n  ${command} `);
      const { code, stdout, stderr } = await program.run([command, "--help"]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toMatch(/\nUsage: npm run .*\n.*--corpus DIR.*\nExamples:\n/s);
    }
  });

  it("tells its version", async ({ program }) => {
    const { version } = JSON.parse(await readFile(join(programDir, "package.json"), "utf8"));
    expect(await program.run(["--version"])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  it.for([
    [[], "No command was given"],
    [["bogus"], 'no command "bogus"'],
    [["index", "extra"], '"extra" is one argument too many'],
    [["import"], "PATH… is missing"],
    [["doctor", "--corpus="], "--corpus names no DIR"],
    [["start", "--bogus"], "Unknown option '--bogus'"],
  ] as const)("ends with 2 and one line where it is called as %j", async ([args, message], { program }) => {
    const wrong = await program.run(args);
    expect(wrong).toMatchObject({ code: 2, stdout: "" });
    expect(linesOf(wrong.stderr)).toEqual([expect.stringContaining(message)]);
  });

  it("names the setting that is wrong, in the environment and in .env", async ({ program }) => {
    const loud = await program.run(["ask", "问"], { env: { LOG_LEVEL: "loud" } });
    expect(loud).toMatchObject({ code: 1, stdout: "" });
    expect(loud.stderr).toContain('LOG_LEVEL is "loud"; expected one of debug');
    await writeFile(join(program.folder, ".env"), "TELEGRAM_BOT_TOKEN\n");
    const torn = await program.run(["ask", "问"]);
    expect(torn).toMatchObject({ code: 1, stdout: "" });
    expect(torn.stderr).toMatch(/^wenbao: Line 1 of .*\.env is not NAME=value/);
  });
});
