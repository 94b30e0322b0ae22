import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, vi } from "vitest";
import { runBot } from "../scenarios/run-bot.ts";
import { it } from "../support/program.ts";

/** Names that lead elsewhere, or that no file system, terminal or shell takes as they are. */
const NAMES = [
  "../../escaped.txt",
  "C:\\escaped.txt",
  "\u202etxt.escaped.txt",
  "escaped\n.txt",
  `${"长".repeat(300)}.txt`,
];
const ESCAPED = ["escaped", "escaped.txt", "escaped.md", "escaped-01.md"];

const notice = (i: number) =>
  `第${i}街停水通知\n\n第${i}街今晚${i}点起停水，明早恢复供水，请${i}号楼居民提前储水。\n`;

it("no name of a document, a file, a chat, a collection or an article leads out of its folder", async ({
  program,
}) => {
  const inbox = join(program.folder, "inbox");
  await mkdir(join(inbox, "C:\\escaped"), { recursive: true });
  await mkdir(join(inbox, "source"));
  await mkdir(join(inbox, "news"));
  await writeFile(join(inbox, "C:\\escaped", "a.txt"), notice(101));
  await writeFile(join(inbox, "source", "a.txt"), notice(102));
  await writeFile(join(inbox, "news", "C:\\escaped.txt"), notice(103));
  await writeFile(
    join(inbox, "finished.md"),
    `---\nid: ../../escaped\ntitle: 第104街通知\nauthors: []\nsource: ../../escaped\n---\n第104街今晚停水。\n`,
  );
  await writeFile(join(program.folder, "secret.txt"), notice(105));
  await symlink(join(program.folder, "secret.txt"), join(inbox, "link.txt"));
  await symlink(program.folder, join(inbox, "up"));
  const { telegram, bot } = await runBot(program, { INBOX_DIR: "inbox" });
  const admin = telegram.private(1, { language_code: "en" });

  for (const [i, name] of NAMES.entries()) {
    const sent = admin.sendsDocument(name, Buffer.from(notice(i + 1)));
    const told = await admin.waitForReply(sent, ({ text }) => !text.includes("…"), 20_000);
    expect(told.text, name).toMatch(/: 1 article, 1 paragraph/);
    expect(told.text, name).not.toMatch(/[\u202e\0/\\]/);
  }
  const group = telegram.group(-100, { title: "../../escaped" }).member(1, { language_code: "en" });
  await group.waitForReply(group.says("/ask@Wenbao_Bot 第3街几点停水？"));
  for (const name of ["../..", "..", ".", "source", "/etc", "..\\escaped", "news/../.."]) {
    const told = await admin.waitForReply(admin.says(`/collection ${name}`));
    expect(told.text, name).toContain("There is no collection");
  }
  const shown = await admin.waitForReply(admin.says("/articles"));
  for (const [i, data] of [
    "a:../../etc/pa:0:",
    "a:escaped:0:l0",
    "remove:yes:../../escap:0",
    "undo:../",
  ].entries()) {
    const id = `90${i}`;
    telegram.push({
      callback_query: { id, from: admin.user, chat_instance: "1", data, message: shown.raw },
    } as Parameters<typeof telegram.push>[0]);
    const { payload } = await telegram.waitForCall(
      "answerCallbackQuery",
      (call) => call.payload.callback_query_id === id,
    );
    expect(payload.text, data).toBe("That is no longer there.");
  }

  const corpus = join(program.folder, "corpus");
  await vi.waitUntil(() => existsSync(join(corpus, "news")), 20_000);
  bot.signal("SIGTERM");
  await bot.ended;
  const written = (await readdir(corpus, { recursive: true })).filter((path) => !path.startsWith("source"));
  expect(
    written.every((path) => path === "news" || /^(?:news\/)?[a-z0-9-]+\.md$|^LICENSE/.test(path)),
    written.join(),
  ).toBe(true);
  const texts = await Promise.all(
    written.filter((path) => path.endsWith(".md")).map((path) => readFile(join(corpus, path), "utf8")),
  );
  // Neither a link out of the drop folder is followed, nor a folder taken for a collection that cannot be one.
  for (const i of [101, 102, 105]) expect(texts.join("\n")).not.toContain(`第${i}街今晚`);
  for (const i of [103, 104]) expect(texts.join("\n")).toContain(`第${i}街今晚`);
  expect((await readdir(program.folder)).sort()).toEqual(["corpus", "inbox", "index", "secret.txt", "state"]);
  for (const folder of [program.folder, join(program.folder, ".."), "/", "/tmp"])
    for (const name of ESCAPED) expect(existsSync(join(folder, name)), join(folder, name)).toBe(false);
  expect(
    (await readdir(join(program.folder, "state"))).filter(
      (name) => !/^[a-z-]+\.(?:db|db-wal|db-shm|json|pid)$|^documents$/.test(name),
    ),
  ).toEqual([]);
});
