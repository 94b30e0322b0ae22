import { appendFile, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { it, linesOf, programDir } from "../support/program.ts";

const HARD_MEASURES = "八条硬措施是哪八条？";
const TWO_OF_EIGHT = ["一体压实各级矿山安全生产责任", "切实提高风险隐患排查整改质量"];

describe("ask", () => {
  it("answers one question for a reader: the two measures, that there are eight, and where they stand", async ({
    program,
  }) => {
    const { code, stdout, stderr } = await program.run(["ask", HARD_MEASURES]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const item of TWO_OF_EIGHT) expect(stdout).toContain(item);
    expect(stdout).toContain("共 8 项，只有其中 2 项");
    expect(stdout).toContain("《麻地梁矿：六措并施保四季度安全》");
    expect(stdout).not.toContain("\u001b");
  });

  it("answers one question in words without quotation marks as one line of JSON", async ({ program }) => {
    const { code, stdout } = await program.run([
      "ask",
      "--json",
      ..."What are the eight hard measures?".split(" "),
    ]);
    expect(code).toBe(0);
    expect(linesOf(stdout)).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: "answered",
      question: "What are the eight hard measures?",
      language: "en",
      list: { declared: 8, found: 2, complete: false, items: TWO_OF_EIGHT },
      quotes: [{ field: "text", articleId: "page-04", paragraph: 1, citation: 1 }],
    });
  });

  it("gives one line for every line of stdin, in order, whatever the lines hold", async ({ program }) => {
    const long = "长".repeat(50_000);
    const lines = [
      HARD_MEASURES,
      "",
      "  ",
      long,
      "\u0000\u001b[2J",
      "a\u2028b",
      "量子计算机的价格？",
      "last",
    ];
    const input = Buffer.concat([
      Buffer.from(`\uFEFF${lines.join("\r\n")}\n`),
      Buffer.from([0xff, 0xfe, 0x80, 0x0a]),
      Buffer.from(HARD_MEASURES),
    ]);
    const { code, stdout, stderr } = await program.run(["ask"], { stdin: input });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const answers = linesOf(stdout).map((line) => JSON.parse(line));
    expect(answers.map(({ question }) => question)).toEqual([
      HARD_MEASURES,
      "",
      "  ",
      expect.stringMatching(/^长+$/),
      "\u0000\u001b[2J",
      "a\u2028b",
      "量子计算机的价格？",
      "last",
      "\uFFFD\uFFFD\uFFFD",
      HARD_MEASURES,
    ]);
    const kinds = answers.map(({ kind }) => kind);
    expect([kinds[0], ...kinds.slice(1, 4), kinds[9]]).toEqual([
      "answered",
      "error",
      "error",
      "error",
      "answered",
    ]);
    expect(answers[9]).toEqual(answers[0]);
    // Not one byte that a terminal would obey, nor a line end that is none.
    expect(stdout).not.toMatch(/(?!\n)\p{Cc}|\u2028/u);
  });

  it("answers a line before the next one is typed", async ({ program }) => {
    const asked = program.start(["ask"]);
    asked.type(`${HARD_MEASURES}\n`);
    await asked.until(/^\{.*\}\n$/);
    asked.type("Who wrote it?\n");
    await asked.until(/^\{.*\}\n\{.*\}\n$/);
    asked.endInput();
    expect((await asked.ended).code).toBe(0);
  });

  it("gives nothing for no input", async ({ program }) => {
    expect(await program.run(["ask"])).toEqual({ code: 0, signal: null, stdout: "", stderr: "" });
  });

  it("explains which passages met which words, across scripts without the lexical search", async ({
    program,
  }) => {
    const { stdout } = await program.run(["ask", "--explain"], {
      stdin: `${HARD_MEASURES}\nWhat are the eight hard measures?\n\n`,
    });
    const [chinese, english, blank] = linesOf(stdout).map((line) => JSON.parse(line));
    expect(chinese.explain.hits[0]).toMatchObject({ articleId: "page-04", lexical: expect.any(Number) });
    expect(chinese.explain.hits[0].lexical).toBeGreaterThan(0);
    expect(chinese.explain.hits[0].matches).toContainEqual({ question: "硬", passage: "硬", similarity: 1 });
    expect(english.explain.hits[0].articleId).toBe("page-04");
    expect(english.explain.hits.map((hit: { lexical: number }) => hit.lexical)).toEqual(
      english.explain.hits.map(() => 0),
    );
    // The question's word for eight stands for the passage's.
    expect(english.explain.hits[0].matches).toContainEqual(
      expect.objectContaining({ question: "eight", passage: "八" }),
    );
    expect(blank).not.toHaveProperty("explain");
    const { stdout: shown } = await program.run(["ask", "--explain", HARD_MEASURES]);
    expect(shown).toMatch(
      /1\. 《麻地梁矿：六措并施保四季度安全》 {2}score \S+ {2}lexical \S+ {2}cosine \S+ {2}rerank \S+/,
    );
    expect(shown).toContain("硬 ~ 硬 1.00");
  });

  it("ends quietly when its reader leaves", async ({ program }) => {
    const asked = program.start(["ask"]);
    asked.type(`${HARD_MEASURES}\n`);
    await asked.until(/\n/);
    asked.closeOutput();
    asked.type(`${HARD_MEASURES}\n`.repeat(20));
    expect(await asked.ended).toMatchObject({ code: 0, signal: null, stderr: "" });
  });

  it.for<[string, string[], number, string]>([
    ["a question of 100 kB", ["问".repeat(33_000)], 1, "at most 2000 are read"],
    ["a blank question", [" "], 2, "The question is blank."],
    ["an option nobody knows", ["--bogus", "问"], 2, "Unknown option '--bogus'"],
    ["a folder that is not named", ["问", "--corpus"], 2, "'--corpus <value>'"],
    ["an index that is not there", ["问", "--index", "nowhere"], 1, 'Run "npm run index '],
    ["a corpus that is not there", ["问", "--corpus", "nowhere"], 1, "nowhere cannot be read"],
  ])("says in one line what is wrong with %s", async ([, args, code, message], { program }) => {
    const failed = await program.run(["ask", ...args]);
    expect(failed).toMatchObject({ code, stdout: "" });
    expect(linesOf(failed.stderr)).toEqual([expect.stringContaining(message)]);
  });

  it("refuses the index of a corpus that has changed since, whichever way it is asked", async ({
    program,
  }) => {
    const folders = await program.copyShipped();
    await rm(join(program.folder, "corpus/page-08.md"));
    await appendFile(join(program.folder, "corpus/page-01.md"), "\n又一段。\n");
    const stale = await program.run(["ask", ...folders], { stdin: "问\n问\n" });
    expect(stale).toMatchObject({ code: 1, stdout: "" });
    expect(linesOf(stale.stderr)).toHaveLength(1);
    expect(stale.stderr).toMatch(/1 changed, 1 removed.*npm run index/);
  });

  it("takes relative folders from where it was called, through npm too", async ({ program }) => {
    const folders = await program.copyShipped();
    // Without its last two articles, so that the answer tells which corpus was asked.
    for (const name of ["page-07.md", "page-08.md"]) await rm(join(program.folder, "corpus", name));
    expect((await program.run(["index", ...folders])).stdout).toContain("holds 6 articles");
    const env = { CORPUS_DIR: "corpus", INDEX_DIR: "index" };
    const direct = await program.run(["ask", "--json", HARD_MEASURES, ...folders]);
    const byEnvironment = await program.run(["ask", "--json", HARD_MEASURES], { env });
    const npm = ["--prefix", programDir, "run", "--silent", "ask", "--", "--json", HARD_MEASURES, ...folders];
    const throughNpm = await program.startCommand("npm", npm).ended;
    expect(direct).toMatchObject({ code: 0, stderr: "" });
    expect(byEnvironment).toEqual(direct);
    // npm may have something of its own to say on stderr.
    expect(throughNpm).toMatchObject({ code: 0, stdout: direct.stdout });
  });
});

describe("ask with a damaged index", async () => {
  const shipped = join(programDir, "index");
  const build = (await readFile(join(shipped, "current"), "utf8")).trim();
  const files = (await readdir(join(shipped, build))).map((name) => `${build}/${name}`);

  it("answers from a whole build that the pointer does not name, and names the command that mends it", async ({
    program,
  }) => {
    const folders = await program.copyShipped();
    await writeFile(join(program.folder, "index", "current"), "dam");
    const answered = await program.run(["ask", "八条硬措施是哪八条？", ...folders]);
    expect(answered).toMatchObject({
      code: 0,
      signal: null,
      stdout: expect.stringContaining("只有其中 2 项"),
    });
    expect(answered.stderr).toContain("npm run index");
  });

  it.for(files)(
    "names the command that mends it where a byte of %s is flipped",
    async (name, { program }) => {
      const folders = await program.copyShipped();
      const path = join(program.folder, "index", name);
      const content = await readFile(path);
      const middle = content.length >> 1;
      content[middle] = content[middle]! ^ 0x5a;
      await writeFile(path, content);
      const refused = await program.run(["ask", "问", ...folders]);
      expect(refused).toMatchObject({ code: 1, signal: null, stdout: "" });
      expect(linesOf(refused.stderr)).toEqual([expect.stringContaining('Run "npm run index ')]);
    },
  );
});
