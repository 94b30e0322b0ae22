import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { it, linesOf, programDir } from "../support/program.ts";

const PAGE = join(programDir, "corpus/source/page.txt");

describe("articles", () => {
  it("lists, shows and removes what is there; the next question no longer finds it", async ({ program }) => {
    const folders = await program.copyShipped();
    const list = await program.run(["articles", ...folders]);
    expect(list).toMatchObject({ code: 0, stderr: "" });
    expect(linesOf(list.stdout).map((line) => line.split("\t")[0])).toEqual(
      Array.from({ length: 8 }, (_, i) => `page-0${i + 1}`),
    );
    const shown = await program.run(["articles", "show", "page-04", ...folders]);
    expect(shown.stdout).toMatch(/^《麻地梁矿：.*》\npage-04, by 胡云峰, page\.txt\n\n1 {2}“请问/);

    const question = "麻地梁矿采煤区党支部书记是谁？";
    expect((await program.run(["ask", question, ...folders])).stdout).toContain("焦建时");
    const removed = await program.run(["articles", "remove", "page-04", ...folders]);
    expect(removed.stdout).toMatch(/^Removed 1 article:\n {2}page-04 .*\nThe index holds 7 articles/);
    expect((await program.run(["ask", question, ...folders])).stdout).not.toContain("焦建时");
    expect(await readdir(join(program.folder, "corpus"))).not.toContain("page-04.md");
  });

  it("removes nothing where an id is unknown or looks like a path", async ({ program }) => {
    const folders = await program.copyShipped();
    const before = await readdir(join(program.folder, "corpus"));
    const refused = await program.run(["articles", "remove", "page-01", "../corpus/page-02", ...folders]);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(linesOf(refused.stderr)).toEqual([expect.stringMatching(/no article \.\.\/corpus\/page-02/)]);
    expect(await readdir(join(program.folder, "corpus"))).toEqual(before);
  });

  it("empties a corpus down to the last article", async ({ program }) => {
    const folders = ["--corpus", "own", "--index", "own-index"];
    await program.run(["import", PAGE, "--collection", "日报", "--no-index", ...folders]);
    const { stdout } = await program.run(["articles", "list", "--json", ...folders]);
    const ids: string[] = JSON.parse(stdout).articles.map(({ id }: { id: string }) => id);
    expect(ids[0]).toBe("日报/page-01");
    const removed = await program.run(["articles", "remove", ...ids, ...folders]);
    expect(removed).toMatchObject({ code: 0, stdout: expect.stringContaining("The index holds 0 articles") });
    expect(await readdir(join(program.folder, "own/日报"))).toEqual([]);
  });

  it("takes a new version of an edited article once the old one is removed", async ({ program }) => {
    const folders = ["--corpus", "own", "--index", "own-index"];
    const source = join(program.folder, "mine.txt");
    const text =
      "雪山观测站\n\n雪山观测站位于海拔4321米处，站长是阿布，站里有三名观测员，每天记录六次天气。\n";
    const importMine = () => program.run(["import", "mine.txt", "--no-index", ...folders]);
    await writeFile(source, text);
    await importMine();
    const file = join(program.folder, "own/mine-01.md");
    const imported = await readFile(file, "utf8");
    expect(imported).toMatch(/^imported: "?[0-9a-f]{16}"?$/m);
    await writeFile(file, imported.replace("title: 雪山观测站", "title: 雪山上的观测站"));

    await writeFile(source, text.replace("六次", "八次"));
    const kept = await importMine();
    expect(kept).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Imported 0 articles\.\n/) });
    const [, command] = /"npm run articles -- (.+?)"/.exec(kept.stderr) ?? [];
    expect(command).toBe("remove mine-01 --corpus own --index own-index");
    expect(await readFile(file, "utf8")).toContain("六次");

    await program.run(["articles", "--no-index", ...command!.split(" ")]);
    expect((await importMine()).stdout).toMatch(/^Imported 1 article:\n/);
    expect(await readFile(file, "utf8")).toContain("八次");
  });
});
