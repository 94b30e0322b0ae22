import { appendFile, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect } from "vitest";
import { it, programDir } from "../support/program.ts";

/** Every file of the folder by its path, with what it holds. */
async function contentOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(files.sort().map((path) => readFile(path, "latin1")));
  return Object.fromEntries(files.map((path, i) => [path.slice(folder.length), contents[i]!]));
}

async function generateArticles(folder: string, amount: number): Promise<void> {
  await mkdir(folder);
  const sentence = (n: number) =>
    `第${n}号矿井在${1900 + n}年投产，年产量为${n * 37}吨，由第${n % 9}工程处建设。`;
  for (let n = 0; n < amount; n++) {
    const paragraphs = Array.from({ length: 4 }, (_, i) => sentence(n * 4 + i).repeat(4));
    const head = `---\nid: mine-${n}\ntitle: 第${n}号矿井\nauthors: []\nsource: generated\n---\n`;
    await writeFile(join(folder, `mine-${n}.md`), `${head}${paragraphs.join("\n\n")}\n`);
  }
}

describe("index", () => {
  it("embeds only the articles that changed", async ({ program }) => {
    const folders = await program.copyShipped();
    const said = async () => (await program.run(["index", ...folders])).stdout;
    expect(await said()).toMatch(/^The index holds 8 articles in \d+ passages; 0 embedded anew/);
    await appendFile(join(program.folder, "corpus/page-03.md"), "\n又一段：雪山观测站位于海拔4321米处。\n");
    await rm(join(program.folder, "corpus/page-08.md"));
    expect(await said()).toMatch(/^The index holds 7 articles in \d+ passages; 1 embedded anew/);
    const { stdout } = await program.run(["ask", "雪山观测站位于海拔多少米处？", ...folders]);
    expect(stdout).toContain("海拔4321米处");
  });

  it("writes the same bytes from the same corpus, wherever it lies, and nothing the second time", async ({
    program,
  }) => {
    const corpus = join(programDir, "corpus");
    await cp(corpus, join(program.folder, "elsewhere"), { recursive: true });
    const built = await Promise.all([
      program.run(["index", "--corpus", corpus, "--index", "a"]),
      program.run(["index", "--corpus", "elsewhere", "--index", "b"]),
    ]);
    expect(built.map(({ code }) => code)).toEqual([0, 0]);
    const first = await contentOf(join(program.folder, "a"));
    expect(await contentOf(join(program.folder, "b"))).toEqual(first);
    expect(Object.keys(first)).toContain("/current");
    await program.run(["index", "--corpus", corpus, "--index", "a"]);
    expect(await contentOf(join(program.folder, "a"))).toEqual(first);
  });

  it("names a file of the corpus that it has to leave out", async ({ program }) => {
    const folders = await program.copyShipped();
    await writeFile(join(program.folder, "corpus/page-08.md"), "---\nid: page-08\ntitle: [\n---\ntext\n");
    const { code, stdout, stderr } = await program.run(["index", ...folders]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining("holds 7 articles") });
    expect(stderr).toMatch(/^Left out page-08\.md: ./m);
  });

  it("fails, and says so, where every file is left out", async ({ program }) => {
    await mkdir(join(program.folder, "mine"));
    await writeFile(join(program.folder, "mine/a.md"), "# 题\n");
    const { code, stdout, stderr } = await program.run(["index", "--corpus", "mine", "--index", "i"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining("holds 0 articles") });
    expect(stderr).toMatch(/^Left out a\.md: .*\nwenbao: No article was found in \S+mine, /m);
  });

  it("mends a damaged index", async ({ program }) => {
    const folders = await program.copyShipped();
    await writeFile(join(program.folder, "index/current"), "torn");
    expect((await program.run(["index", ...folders])).code).toBe(0);
    expect((await program.run(["ask", "谁写的？", ...folders])).code).toBe(0);
  });

  it("leaves the index before in force and answering when it is killed at any moment", async ({
    program,
  }) => {
    const folders = await program.copyShipped();
    await generateArticles(join(program.folder, "mines"), 200);
    const before = await contentOf(join(program.folder, "index"));
    const grown = ["index", "--corpus", "mines", "--index", "index"];
    const isWriting = async () =>
      (await readdir(join(program.folder, "index"))).some((name) => /^[0-9a-f]{16}\.\d+\.tmp$/.test(name));

    // Two while it reads and embeds, three while it writes.
    for (const phase of ["embedding", "embedding", "writing", "writing", "writing"]) {
      for (const name of await readdir(join(program.folder, "index"))) {
        if (name.endsWith(".tmp")) await rm(join(program.folder, "index", name), { recursive: true });
      }
      const build = program.start(grown);
      if (phase === "writing") while (!(await isWriting())) await sleep(2);
      const delayMs = Math.random() * (phase === "writing" ? 5 : 300);
      await sleep(delayMs);
      build.signal("SIGKILL");
      expect(await build.ended, `killed ${delayMs} ms into ${phase}`).toMatchObject({ signal: "SIGKILL" });
      const after = await contentOf(join(program.folder, "index"));
      expect(after, `killed ${delayMs} ms into ${phase}`).toMatchObject(before);
    }
    const answer = await program.run(["ask", "八条硬措施是哪八条？", ...folders]);
    expect(answer).toMatchObject({ code: 0, stderr: "" });
    expect(answer.stdout).toContain("一体压实各级矿山安全生产责任");

    const { stdout } = await program.run(grown);
    expect(stdout).toContain("holds 200 articles");
    // What the killed ones left behind is gone.
    expect(await readdir(join(program.folder, "index"))).toHaveLength(2);
    const grownAnswer = await program.run([
      "ask",
      "第42号矿井在哪一年投产？",
      "--corpus",
      "mines",
      "--index",
      "index",
    ]);
    expect(grownAnswer).toMatchObject({ code: 0, stderr: "" });
  });
});
