import { mkdir, readdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { planImport } from "../../src/corpus/plan-import.ts";
import { readCorpus } from "../../src/corpus/read-corpus.ts";
import { readFileArticles } from "../../src/corpus/read-file.ts";
import { writeImport } from "../../src/corpus/write-import.ts";
import { hasChanged, syncDropFolder } from "../../src/upkeep/drop-folder.ts";
import { makeFolder } from "../index/sample.ts";

const notice = (street: string, hour: string) =>
  `${street}停水通知\n因管道检修，${street}今晚${hour}起停水，明早恢复供水，请居民提前储水。\n`;

/** An inbox with these files, a corpus beside it, and what was logged. */
async function setUp(files: Readonly<Record<string, string>> = {}) {
  const root = await makeFolder();
  const [folder, corpusDir, stateDir] = ["inbox", "corpus", "state"].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  for (const path of [folder, corpusDir]) await mkdir(path);
  const put = async (name: string, text: string) => {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), text);
  };
  for (const [name, text] of Object.entries(files)) await put(name, text);
  const logged: string[] = [];
  const read: string[] = [];
  const note = (event: string, fields?: Record<string, unknown>) =>
    void logged.push(`${event} ${JSON.stringify(fields)}`);
  const places = { folder, corpusDir, stateDir };
  const sync = async () => {
    await syncDropFolder({
      ...places,
      read: (path) => {
        read.push(path.slice(folder.length + 1));
        return readFileArticles(path);
      },
      log: { debug: note, info: note, warn: note, error: note },
    });
    expect(await hasChanged(places)).toBe(false);
  };
  const articles = async () =>
    (await readCorpus(corpusDir)).articles.map(({ id, text }) => `${id} ${/今晚(\S+?)起/.exec(text)?.[1]}`);
  return { ...places, places, put, sync, logged, read, articles };
}

describe("the drop folder", () => {
  test("imports what is new, again what is changed, and takes away what is gone; each file is read once", async () => {
    const { folder, places, put, sync, read, articles } = await setUp({ "a.txt": notice("新华路", "八点") });
    await sync();
    await sync();
    expect(await articles()).toEqual(["a-01 八点"]);
    await put("b.txt", notice("建设街", "七点"));
    await put("a.txt", notice("新华路", "十一点"));
    expect(await hasChanged(places)).toBe(true);
    await sync();
    expect(await articles()).toEqual(["a-01 十一点", "b-01 七点"]);
    await rm(join(folder, "a.txt"));
    await sync();
    expect(await articles()).toEqual(["b-01 七点"]);
    expect(read).toEqual(["a.txt", "a.txt", "b.txt"]);
  });

  test("keeps an article that was edited by hand, whatever becomes of its file", async () => {
    const { folder, corpusDir, put, sync, logged, articles } = await setUp({
      "a.txt": notice("新华路", "八点"),
    });
    await sync();
    const path = join(corpusDir, "a-01.md");
    await writeFile(path, (await readFile(path, "utf8")).replace("八点", "九点半"));
    await put("a.txt", notice("新华路", "十点"));
    await sync();
    expect(await articles()).toEqual(["a-01 九点半"]);
    await rm(join(folder, "a.txt"));
    await sync();
    expect(await articles()).toEqual(["a-01 九点半"]);
    expect(logged.at(-1)).toContain('"kept, edited by hand":"a-01"');
  });

  test("a renamed file keeps its article, and two files of one text keep it until both are gone", async () => {
    const { folder, put, sync, articles } = await setUp({ "a.txt": notice("新华路", "八点") });
    await sync();
    await rename(join(folder, "a.txt"), join(folder, "b.txt"));
    await sync();
    expect(await articles()).toEqual(["a-01 八点"]);
    await put("c.txt", notice("新华路", "八点"));
    await sync();
    await rm(join(folder, "b.txt"));
    await sync();
    expect(await articles()).toEqual(["a-01 八点"]);
    await rm(join(folder, "c.txt"));
    await sync();
    expect(await articles()).toEqual([]);
  });

  test("a subfolder is a collection; one that cannot be is said, and nothing comes of it", async () => {
    const { put, sync, logged, articles } = await setUp({
      "甲组/a.txt": notice("新华路", "八点"),
      "甲组/更深/a.txt": notice("建设街", "七点"),
      "source/a.txt": notice("和平路", "六点"),
      ".hidden/a.txt": notice("解放路", "五点"),
    });
    await put("~$b.docx", "x");
    await sync();
    expect(await articles()).toEqual(["甲组/a-01 八点", "甲组/a-02 七点"]);
    expect(logged.filter((line) => line.includes("not imported"))).toEqual([
      expect.stringContaining("is kept for raw files"),
    ]);
  });

  test("what an import had brought before is not taken away with a file of the same text", async () => {
    const { folder, corpusDir, sync, articles } = await setUp({ "a.txt": notice("新华路", "八点") });
    await sync();
    await rm(join(corpusDir, "..", "state"), { recursive: true });
    await sync();
    await rm(join(folder, "a.txt"));
    await sync();
    expect(await articles()).toEqual(["a-01 八点"]);
  });

  test("what another import wrote over an article of a file, or in its place, does not go with the file", async () => {
    const { folder, corpusDir, sync, articles } = await setUp({
      "a.txt": notice("新华路", "八点"),
      "b.txt": notice("建设街", "七点"),
    });
    await sync();
    const importByHand = async (name: string, text: string) => {
      const path = join(folder, "..", name);
      await writeFile(path, text);
      await writeImport(await planImport({ paths: [path], corpusDir, read: readFileArticles }));
    };
    await importByHand("a.txt", notice("新华路", "十一点"));
    await rm(join(corpusDir, "b-01.md"));
    await importByHand("b.txt", notice("和平路", "六点"));
    expect(await articles()).toEqual(["a-01 十一点", "b-01 六点"]);
    await rm(join(folder, "a.txt"));
    await rm(join(folder, "b.txt"));
    await sync();
    expect(await articles()).toEqual(["a-01 十一点", "b-01 六点"]);
  });

  test("an article that was there before, and that a file wrote over, does not go with the file", async () => {
    const { folder, corpusDir, put, sync, articles } = await setUp();
    const path = join(folder, "..", "a.txt");
    await writeFile(path, notice("新华路", "八点"));
    await writeImport(await planImport({ paths: [path], corpusDir, read: readFileArticles }));
    await put("a.txt", notice("新华路", "十点"));
    await sync();
    await put("a.txt", notice("新华路", "十一点"));
    await sync();
    await rm(join(folder, "a.txt"));
    await sync();
    expect(await articles()).toEqual(["a-01 十一点"]);
  });

  test("an article goes with the last file that gave a version of it", async () => {
    const { folder, put, sync, articles } = await setUp({ "a.txt": notice("新华路", "八点") });
    await put("b.txt", notice("新华路", "八点"));
    await sync();
    await put("a.txt", notice("新华路", "十点"));
    await sync();
    await rm(join(folder, "a.txt"));
    await sync();
    expect(await articles()).toEqual(["a-01 十点"]);
    await rm(join(folder, "b.txt"));
    await sync();
    expect(await articles()).toEqual([]);
  });

  test("what an earlier version of the program remembered is taken away as well", async () => {
    const { folder, stateDir, sync, articles } = await setUp({ "a.txt": notice("新华路", "八点") });
    await sync();
    const memory = join(stateDir, "drop-folder.json");
    const [{ imported: _, ...file }] = JSON.parse(await readFile(memory, "utf8"));
    await writeFile(memory, JSON.stringify([file]));
    await rm(join(folder, "a.txt"));
    await sync();
    expect(await articles()).toEqual([]);
  });

  test("an article that was removed does not come back with a backup, which has the same file of another time", async () => {
    const { folder, corpusDir, places, sync, read, articles } = await setUp({
      "a.txt": notice("新华路", "八点"),
      "b.txt": notice("建设街", "七点"),
    });
    await sync();
    await rm(join(corpusDir, "a-01.md"));
    await utimes(join(folder, "a.txt"), 1_700_000_000, 1_700_000_000);
    expect(await hasChanged(places)).toBe(true);
    await sync();
    expect(await articles()).toEqual(["b-01 七点"]);
    expect(read).toEqual(["a.txt", "b.txt"]);
  });

  test("a file that cannot be read, or no longer, takes nothing away and is said once", async () => {
    const { put, sync, logged, articles } = await setUp({ "a.txt": notice("新华路", "八点"), "b.rtf": "x" });
    await sync();
    await put("a.txt", "\0\0\0 no text \0");
    await sync();
    await sync();
    expect(await articles()).toEqual(["a-01 八点"]);
    const failures = logged.filter((line) => line.startsWith("file not imported"));
    expect(failures).toEqual([expect.stringContaining("b.rtf"), expect.stringContaining("a.txt")]);
  });

  test("nothing is taken away where the folder itself, or what is remembered, cannot be read", async () => {
    const { folder, stateDir, sync, articles } = await setUp({ "a.txt": notice("新华路", "八点") });
    await sync();
    await rename(folder, `${folder}-unmounted`);
    await expect(sync()).rejects.toThrow("ENOENT");
    await rename(`${folder}-unmounted`, folder);
    await writeFile(join(stateDir, "drop-folder.json"), "{");
    await expect(sync()).rejects.toThrow("is damaged; remove it");
    expect(await articles()).toEqual(["a-01 八点"]);
    expect(await readdir(stateDir)).toEqual(["drop-folder.json"]);
  });
});
