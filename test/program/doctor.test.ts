import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { startFakeBotApi } from "../support/fake-bot-api.ts";
import { it, linesOf } from "../support/program.ts";

const TOKEN = "123456789:AAbbccddeeffgghhiijjkkllmmnnooppqqr";
const statusOf = (stdout: string) =>
  Object.fromEntries(
    JSON.parse(stdout).checks.map(({ name, status }: Record<string, string>) => [name, status]),
  );

describe("doctor", () => {
  it("finds nothing wrong with the shipped folders", async ({ program }) => {
    const shown = await program.run(["doctor"]);
    expect(shown).toMatchObject({ code: 0, stderr: "" });
    for (const line of linesOf(shown.stdout)) expect(line).toMatch(/^ok {4}/);
    const { code, stdout } = await program.run(["doctor", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).ok).toBe(true);
    expect(Object.keys(statusOf(stdout))).toEqual([
      "node",
      "native index",
      "segmenter",
      "PDF reader",
      "model",
      "corpus",
      "articles",
      "index",
      "state folder",
      "disk",
      "token",
    ]);
  });

  it("says how to mend a damaged index and a file that is no article", async ({ program }) => {
    const folders = await program.copyShipped();
    await writeFile(join(program.folder, "index/current"), "torn");
    await writeFile(join(program.folder, "corpus/page-09.md"), "---\nid: page-09\ntitle: [\n---\ntext\n");
    const shown = await program.run(["doctor", ...folders]);
    expect(shown).toMatchObject({ code: 1, stderr: "" });
    expect(shown.stdout).toMatch(
      /FAIL {2}index .*damaged.*Run "npm run index -- --corpus corpus --index index"/,
    );
    expect(shown.stdout).toMatch(/FAIL {2}corpus .*page-09\.md/);
    const { code, stdout } = await program.run(["doctor", "--json", ...folders]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).ok).toBe(false);
    expect(statusOf(stdout)).toMatchObject({ model: "ok", corpus: "fail", index: "fail" });
  });

  it("names what looks wrong with articles and in a drop folder, and makes nothing", async ({ program }) => {
    const folders = await program.copyShipped();
    const copy = await readFile(join(program.folder, "corpus/page-03.md"), "utf8");
    await writeFile(join(program.folder, "corpus/page-99.md"), copy);
    await mkdir(join(program.folder, "drop/notices"), { recursive: true });
    for (const name of ["page.TXT", "notices/a.md", "notices/b.zip", ".hidden.zip"])
      await writeFile(join(program.folder, "drop", name), "…");
    const env = { INBOX_DIR: "drop", STATE_DIR: "kept/state" };
    const { code, stdout } = await program.run(["doctor", "--json", ...folders], { env });
    expect(code).toBe(1);
    expect(statusOf(stdout)).toMatchObject({
      corpus: "ok",
      articles: "warn",
      index: "fail",
      "state folder": "ok",
      "drop folder": "warn",
    });
    expect(stdout).toMatch(/the same article more than once \(1\): page-03 = page-99\. /);
    expect(stdout).toMatch(/another id in the front matter than the file's name \(1\): page-99\. /);
    expect(stdout).toMatch(/1 file of \S+drop in no known format: notices\/b\.zip\. /);
    expect((await readdir(program.folder)).sort()).toEqual(["corpus", "drop", "index"]);
  });

  it("asks Telegram about the token and never shows it", async ({ program, onTestFinished }) => {
    const telegram = await startFakeBotApi({ token: TOKEN });
    onTestFinished(telegram.close);
    const env = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: telegram.apiRoot };
    const known = await program.run(["doctor"], { env });
    expect(known.stdout).toMatch(/ok {4}telegram .*@Wenbao_Bot/);

    const stranger = TOKEN.replace("AAbb", "BBaa");
    const refused = await program.run(["doctor", "--json"], {
      env: { ...env, TELEGRAM_BOT_TOKEN: stranger },
    });
    expect(refused.code).toBe(1);
    expect(refused.stdout).toMatch(/Unauthorized/);
    for (const { stdout, stderr } of [known, refused])
      expect(stdout + stderr).not.toMatch(/ccddeeffgghhiijj/);
    const unreachable = { ...env, TELEGRAM_API_ROOT: "http://127.0.0.1:1" };
    const away = await program.run(["doctor"], { env: unreachable });
    expect(away.code).toBe(1);
    expect(away.stdout).toMatch(/FAIL {2}telegram .*ECONNREFUSED.*TELEGRAM_API_ROOT/);
    // Nobody has set a webhook that nobody can be asked about.
    expect(away.stdout).not.toContain("Stop the other program");
  });
});
