import { writeFile } from "node:fs/promises";
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
      "model",
      "corpus",
      "index",
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
