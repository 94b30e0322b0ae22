import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { it, linesOf, type Program } from "../support/program.ts";

const article = (title: string, text: string) =>
  `---\nid: x\ntitle: ${title}\nauthors: []\nsource: notice.txt\n---\n${text}\n`;
const POOL = article("游泳馆开放时间", "城东游泳馆每天早上七点开门，晚上九点半关门，周一闭馆保养。");
const POOL_LATER = article("游泳馆开放时间", "城东游泳馆每天早上八点开门，晚上九点半关门，周一闭馆保养。");
const QUESTION = "城东游泳馆早上几点开门？";

/** A chat that is asked line by line, with a corpus of its own. */
async function startChat(
  program: Program,
  options: readonly string[] = [],
  env: Record<string, string> = {},
) {
  const folders = await program.copyShipped();
  const chat = program.start(["start", ...folders, ...options], { env: { LOG_LEVEL: "debug", ...env } });
  let answered = 0;
  const ask = async (question: string): Promise<string> => {
    const before = chat.said.stdout.length;
    chat.type(`${question}\n`);
    answered++;
    await chat.until(new RegExp(`(?:^> [\\s\\S]*?\\n\\n){${answered}}`, "m"));
    return chat.said.stdout.slice(before);
  };
  const refreshes = () =>
    linesOf(chat.said.stderr).filter((line) => line.includes('"event":"index refreshed"')).length;
  return { chat, ask, refreshes, corpus: join(program.folder, "corpus") };
}

describe("start, while the corpus changes", () => {
  it("answers from a new article, from its corrected version, and no more once it is gone", async ({
    program,
  }) => {
    const { chat, ask, refreshes, corpus } = await startChat(program);
    expect(await ask(QUESTION)).not.toContain("七点");
    await writeFile(join(corpus, "pool.md"), POOL);
    await expect.poll(refreshes, { timeout: 30_000 }).toBe(1);
    expect(await ask(QUESTION)).toContain("早上七点开门");
    await writeFile(join(corpus, "pool.md"), POOL_LATER);
    await expect.poll(refreshes, { timeout: 30_000 }).toBe(2);
    const corrected = await ask(QUESTION);
    expect(corrected).toContain("早上八点开门");
    expect(corrected).not.toContain("七点");
    await rm(join(corpus, "pool.md"));
    await expect.poll(refreshes, { timeout: 30_000 }).toBe(3);
    expect(await ask(QUESTION)).not.toContain("八点");
    chat.endInput();
    expect(await chat.ended).toMatchObject({ code: 0 });
  });

  it("keeps answering as before while a file of the corpus is broken", async ({ program }) => {
    const { chat, ask, corpus } = await startChat(program);
    expect(await ask(QUESTION)).not.toContain("七点");
    await writeFile(join(corpus, "broken.md"), "---\nid: [\n---\n");
    await writeFile(join(corpus, "pool.md"), POOL);
    await expect.poll(() => chat.said.stderr, { timeout: 30_000 }).toContain("broken.md");
    await expect.poll(() => chat.said.stderr, { timeout: 30_000 }).toContain("index refreshed");
    expect(await ask(QUESTION)).toContain("早上七点开门");
    expect(await ask("八条硬措施是哪八条？")).toContain("一体压实各级矿山安全生产责任");
  });

  it("follows one collection, and hears of no other", async ({ program }) => {
    const { folder } = program;
    await mkdir(join(folder, "corpus", "team"), { recursive: true });
    await writeFile(join(folder, "corpus", "team", "pool.md"), POOL);
    const { ask, refreshes, corpus } = await startChat(program, ["--collection", "team"]);
    expect(await ask(QUESTION)).toContain("早上七点开门");
    expect(await ask("八条硬措施是哪八条？")).not.toContain("矿山");
    await mkdir(join(corpus, "other"));
    await writeFile(join(corpus, "other", "pool.md"), POOL_LATER);
    await expect.poll(refreshes, { timeout: 30_000 }).toBe(1);
    expect(await ask(QUESTION)).toContain("早上七点开门");
    // The collection itself may go while it is asked.
    await rename(join(corpus, "team"), join(corpus, "crew"));
    await expect.poll(refreshes, { timeout: 30_000 }).toBe(2);
    expect(await ask(QUESTION)).toContain("There is no collection team");
  });
});

describe("start, with a drop folder", () => {
  it("answers from files dropped in before and after, and no more once they are gone", async ({
    program,
  }) => {
    const { folder } = program;
    const inbox = join(folder, "inbox");
    await mkdir(inbox);
    const notice = "城东游泳馆开放时间\n城东游泳馆每天早上七点开门，晚上九点半关门，周一闭馆保养。\n";
    await writeFile(join(inbox, "pool.txt"), notice);
    const env = { INBOX_DIR: inbox, STATE_DIR: join(folder, "state") };
    const { ask, refreshes, corpus } = await startChat(program, [], env);
    expect(await ask(QUESTION)).toContain("早上七点开门");
    await writeFile(
      join(inbox, "bus.txt"),
      "八路公交车改道\n八路公交车十二月起改走滨河大道，全程四十分钟。\n",
    );
    await expect.poll(refreshes, { timeout: 30_000 }).toBe(1);
    expect(await ask("八路公交车改走哪条路？")).toContain("滨河大道");
    await rm(join(inbox, "pool.txt"));
    await expect.poll(refreshes, { timeout: 30_000 }).toBe(2);
    expect(await ask(QUESTION)).not.toContain("七点");
    expect((await readdir(corpus)).filter((name) => name.startsWith("bus"))).toEqual(["bus-01.md"]);
  });

  it("is refused where it holds the articles, which would be imported again", async ({ program }) => {
    const folders = await program.copyShipped();
    const env = { INBOX_DIR: program.folder };
    const { code, stdout, stderr } = await program.run(["start", ...folders], {
      env,
      stdin: `${QUESTION}\n`,
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("it must be another folder");
  });
});

describe("ask --collection", () => {
  it("answers from that subfolder only, and names those there are where there is no such one", async ({
    program,
  }) => {
    const folders = await program.copyShipped();
    await mkdir(join(program.folder, "corpus", "team"));
    await writeFile(join(program.folder, "corpus", "team", "pool.md"), POOL);
    expect((await program.run(["index", ...folders])).code).toBe(0);
    const ask = (...options: string[]) => program.run(["ask", "--json", QUESTION, ...options, ...folders]);
    expect(JSON.parse((await ask("--collection", "team")).stdout)).toMatchObject({
      kind: "answered",
      quotes: [{ articleId: "team/pool" }],
    });
    expect((await ask()).stdout).not.toContain("team/pool");
    const refused = await ask("--collection", "crew");
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain("the corpus has team");
  });
});
