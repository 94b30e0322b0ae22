import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { readTree } from "../index/sample.ts";
import {
  CORPUS_CHANGES,
  createProcesses,
  createThisProcess,
  type Runner,
} from "../support/corpus-changes.ts";
import { tryEveryFault } from "../support/every-fault.ts";
import { it, programDir } from "../support/program.ts";

const POOL = "---\nid: pool\ntitle: 游泳馆\nauthors: []\nsource: a\n---\n城东游泳馆每天早上七点开门。\n";

it("the program itself, killed at steps of an import that replaces articles, leaves them whole", async () => {
  const embedder = await loadEmbedder(join(programDir, "models/wenbao-multilingual-256"));
  const [processes, here] = [createProcesses(embedder), createThisProcess(embedder)];
  // Starting the program takes its time: it is only started to be killed.
  const runner: Runner = {
    embedder,
    run: (...args) => (args[2] ? processes : here).run(...args),
  };
  const change = CORPUS_CHANGES.find(({ title }) => title.includes("replaces"))!;
  const options = { kinds: ["before"], picks: (step: number) => step % 16 === 8 } as const;
  const { problems, tried, intact } = await tryEveryFault(change, runner, options);
  expect(problems).toEqual([]);
  expect(tried).toBeGreaterThan(2);
  expect(intact).toBe(tried);
});

// A limit on the size of files stands in for a full disk: also to the library of the graph, which says nothing.
it.runIf(process.platform === "linux")(
  "a disk that is full while an index is written, also in native code, leaves the one before in force",
  async ({ program }) => {
    const folders = await program.copyShipped();
    await writeFile(join(program.folder, "corpus/pool.md"), POOL);
    const before = await readTree(join(program.folder, "index"));
    const largest = Math.max(...[...before.values()].map(({ length }) => length));
    const build = [process.execPath, join(programDir, "dist/main.js"), "index", ...folders];
    for (const blocks of [0, Math.floor(largest / 512) - 1]) {
      const { ended } = program.startCommand("sh", ["-c", `ulimit -f ${blocks}; exec "$@"`, "sh", ...build]);
      const { code, signal, stderr } = await ended;
      expect({ code, signal }, stderr).toEqual({ code: 1, signal: null });
      expect(stderr).toMatch(/wenbao: The index could not be written to \S+: .*\n$/);
      expect(await readTree(join(program.folder, "index"))).toEqual(before);
    }
  },
);

it("a damaged index is answered from the one before, with one warning", async ({ program }) => {
  const folders = await program.copyShipped();
  await writeFile(join(program.folder, "corpus/pool.md"), POOL);
  expect(await program.run(["index", ...folders])).toMatchObject({ code: 0 });
  const { fingerprint } = await inForce(program.folder);
  await writeFile(join(program.folder, "index", fingerprint, "hnsw.bin"), "short");
  const answered = await program.run(["ask", "八条硬措施是哪八条？", ...folders]);
  expect(answered.code).toBe(0);
  expect(answered.stdout).toContain("一体压实各级矿山安全生产责任");
  expect(answered.stderr.trim().split("\n")).toHaveLength(1);
  expect(JSON.parse(answered.stderr)).toMatchObject({
    level: "warn",
    reason: expect.stringMatching(/hnsw\.bin is not as it was built\. Run "npm run index"/),
    missing: 1,
  });
  // A chat answers at once, and builds it anew meanwhile.
  const chat = program.start(["start", ...folders], { env: { LOG_LEVEL: "debug" } });
  chat.type("八条硬措施是哪八条？\n");
  await chat.until(/一体压实各级矿山安全生产责任/);
  await expect.poll(() => chat.said.stderr, { timeout: 60_000 }).toContain("index refreshed");
  chat.endInput();
  expect(await chat.ended).toMatchObject({ code: 0 });
  const mended = await program.run(["ask", "城东游泳馆早上几点开门？", ...folders]);
  expect(mended).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("早上七点开门") });
});

async function inForce(folder: string): Promise<{ readonly fingerprint: string }> {
  const tree = await readTree(join(folder, "index"));
  return { fingerprint: tree.get("current")!.toString().trim() };
}
