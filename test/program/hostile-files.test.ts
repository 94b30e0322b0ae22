import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { HOSTILE_FILES } from "../support/hostile-files.ts";
import { it, linesOf } from "../support/program.ts";

const OWN = ["--corpus", "own", "--index", "own-index", "--no-index"];
/** What a terminal would obey, and what turns the text beside it. */
const UNSEEN = /(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;

// bench/hostile-files.ts reads the slow ones too.
it("reads or refuses hostile files, each with its reason, and writes nowhere else", async ({ program }) => {
  const files = HOSTILE_FILES.filter(({ isSlow }) => !isSlow);
  await mkdir(join(program.folder, "inbox"));
  for (const { name, bytes } of files) await writeFile(join(program.folder, "inbox", name), bytes());
  const { code, stdout, stderr } = await program.run(["import", "inbox", ...OWN]);
  expect(code, stderr).toBe(0);
  expect(`${stdout}${stderr}`).not.toMatch(UNSEEN);
  const written = await readdir(join(program.folder, "own"));
  const articles = await Promise.all(
    written.map((name) => readFile(join(program.folder, "own", name), "utf8")),
  );
  expect(written.every((name) => /^[a-z0-9-]+-\d\d\.md$/.test(name))).toBe(true);
  for (const { name, refused, holds, lacks } of files) {
    const shown = name.replace(UNSEEN, "\ufffd");
    const reasons = linesOf(stderr).filter((line) => line.startsWith(`Skipped inbox/${shown}: `));
    if (refused) expect(reasons.join("\n"), name).toMatch(refused);
    else expect(reasons, name).toEqual([]);
    const given = articles.filter((text) => text.includes(`source: ${name}`));
    // YAML quotes names that are not plain words.
    const text = (given.length > 0 ? given : articles).join("\n");
    if (holds) expect(text, name).toContain(holds);
    if (lacks) expect(text, name).not.toMatch(lacks);
  }
  expect((await readdir(program.folder)).sort()).toEqual(["inbox", "own"]);
});

it("passes pipes, devices, and links in a circle or to nothing, and reads what lies beside them", async ({
  program,
}) => {
  const inbox = join(program.folder, "inbox");
  await mkdir(inbox);
  await writeFile(join(inbox, "notice.txt"), "停水通知\n\n今晚停水。\n");
  execFileSync("mkfifo", [join(inbox, "pipe.txt")]);
  await symlink("/dev/zero", join(inbox, "zero.txt"));
  await symlink(inbox, join(inbox, "circle"));
  await symlink("itself.txt", join(inbox, "itself.txt"));
  await symlink("absent.txt", join(inbox, "nowhere.txt"));
  const { code, stdout, stderr } = await program.run(["import", "inbox", ...OWN]);
  expect(code).toBe(0);
  expect(stdout).toContain("Imported 1 article:\n  《停水通知》");
  expect(linesOf(stderr)).toEqual([
    "Skipped inbox/itself.txt: is a link that leads to itself",
    "Skipped inbox/nowhere.txt: does not exist",
    "Skipped inbox/pipe.txt: is neither a file nor a folder",
    "Skipped inbox/zero.txt: is neither a file nor a folder",
  ]);
});
