import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { it, linesOf, programDir } from "../support/program.ts";

const PAGE = join(programDir, "corpus/source/page.txt");
const OWN = ["--corpus", "own", "--index", "own-index"];
const SNOW = "雪山观测站\n\n雪山观测站位于海拔4321米处，站长是阿布。\n";
const SNOW_QUESTION = "雪山观测站位于海拔多少米处？";

/** As the newspaper has them, in the page's order. */
const TITLES = [
  "长春一东：助推技能人员由“工”变“匠”",
  "重庆气矿铜锣峡储气库完成2024年度注气任务 为川渝地区今冬明春调峰供气保驾护航",
  "航天科工203所成功中标典型作业场所智能安全监管研发项目",
  "麻地梁矿：六措并施保四季度安全",
  "中石油新疆巴州分公司开展主题教育 以观念之变促行动之变",
  "沈阳一东四环公司通过省级“绿色工厂”认证",
  "2024’第二十五届“激情天府·海宁迎春”文艺汇演将在海宁皮革城举行",
  "中铁上海工程局徐州汉源大道项目开展消防应急演练活动",
];

describe("import", () => {
  it("shows what it would import as one line of JSON and writes nothing", async ({ program }) => {
    const { code, stdout, stderr } = await program.run(["import", PAGE, "--dry-run", "--json", ...OWN]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(linesOf(stdout)).toHaveLength(1);
    const report = JSON.parse(stdout);
    expect(report.skipped).toEqual([]);
    expect(report.articles.map(({ title }: { title: string }) => title)).toEqual(TITLES);
    for (const article of report.articles) {
      expect(article).toMatchObject({ authors: [expect.any(String), ...article.authors.slice(1)] });
      expect(article.paragraphs.length).toBeGreaterThan(1);
    }
    expect(await readdir(program.folder)).toEqual([]);
  });

  it("makes an empty folder a corpus that answers, and knows the page when it comes again", async ({
    program,
  }) => {
    const first = await program.run(["import", PAGE, ...OWN]);
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(/^Imported 8 articles:\n/);
    for (const title of TITLES) expect(first.stdout).toContain(`《${title}》`);
    const asked = await program.run(["ask", "八条硬措施是哪八条？", ...OWN]);
    expect(asked.stdout).toContain("一体压实各级矿山安全生产责任");

    const files = await readdir(join(program.folder, "own"));
    const again = await program.run(["import", PAGE, ...OWN, "--json"]);
    expect(again.code).toBe(0);
    const { articles, skipped } = JSON.parse(again.stdout);
    expect(articles.map(({ sameAs }: { sameAs: string }) => `${sameAs}.md`)).toEqual(files);
    expect(skipped).toHaveLength(8);
    expect(again.stderr).toContain("0 embedded anew");
    expect(await readdir(join(program.folder, "own"))).toEqual(files);
  });

  it("adds an article that the next question finds, and without the index says what is missing", async ({
    program,
  }) => {
    const folders = await program.copyShipped();
    await writeFile(join(program.folder, "snow.txt"), SNOW);
    const left = await program.run(["import", "snow.txt", "--no-index", ...folders]);
    expect(left).toMatchObject({ code: 0, stdout: expect.stringContaining('Run "npm run index ') });
    const refused = await program.run(["ask", SNOW_QUESTION, ...folders]);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(linesOf(refused.stderr)).toEqual([expect.stringMatching(/articles: 1 new.*npm run index/)]);

    // Imported once more, with the index this time: nothing is new, yet the index is behind.
    const imported = await program.run(["import", "snow.txt", ...folders]);
    expect(imported.stdout).toMatch(/holds 9 articles.*; 1 embedded anew/);
    expect((await program.run(["ask", SNOW_QUESTION, ...folders])).stdout).toContain("海拔4321米处");
  });

  it("imports what it can of a folder and names everything else with its reason", async ({ program }) => {
    const inside = (name: string) => join(program.folder, "inbox", name);
    await mkdir(inside("deeper"), { recursive: true });
    await Promise.all([
      writeFile(inside("deeper/snow.txt"), SNOW),
      writeFile(inside("empty.txt"), ""),
      writeFile(inside("binary.txt"), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 1, 2])),
      writeFile(inside("nul.txt"), "a\0b"),
      writeFile(inside("picture.png"), ""),
      writeFile(inside("huge.txt"), "长".repeat(3_600_000)),
      writeFile(inside("broken.md"), "---\nid: [\nauthors: []\nsource: x\n---\ntext\n"),
    ]);
    const { code, stdout, stderr } = await program.run(["import", "inbox", "missing.txt", ...OWN]);
    expect(code).toBe(0);
    expect(stdout).toContain("Imported 1 article:\n  《雪山观测站》, 1 paragraph\n");
    const reasons = linesOf(stderr).filter((line) => line.startsWith("Skipped "));
    expect(reasons.sort()).toEqual([
      "Skipped inbox/binary.txt: is neither UTF-8, UTF-16, GB18030 nor Big5 text; save it as UTF-8",
      expect.stringMatching(/^Skipped inbox\/broken\.md: ./),
      "Skipped inbox/empty.txt: holds no article",
      "Skipped inbox/huge.txt: is 11 MB; the limit is 10 MB",
      "Skipped inbox/nul.txt: holds NUL bytes and is not text",
      "Skipped inbox/picture.png: .png cannot be imported; .txt, .md, .pdf, .html, .htm, .docx can",
      "Skipped missing.txt: does not exist",
    ]);
    expect(await readdir(join(program.folder, "own"))).toEqual(["snow-01.md"]);
    expect(await readFile(join(program.folder, "own/snow-01.md"), "utf8")).toContain("\n---\n雪山观测站位于");
  });

  it("fails where nothing can be imported, and where the corpus cannot be written", async ({ program }) => {
    const missing = await program.run(["import", "missing.txt", ...OWN]);
    expect(missing).toMatchObject({ code: 1, stdout: "" });
    expect(linesOf(missing.stderr)).toEqual([
      "Skipped missing.txt: does not exist",
      "wenbao: No article was found in missing.txt.",
    ]);
    // A file where the folder should be stops an administrator too, whom no permission stops.
    await writeFile(join(program.folder, "own"), "");
    const blocked = await program.run(["import", PAGE, ...OWN]);
    expect(blocked).toMatchObject({ code: 1, stdout: "" });
    expect(linesOf(blocked.stderr)).toEqual([expect.stringContaining("own cannot be read")]);
    expect(await readdir(program.folder)).toEqual(["own"]);
  });
});
