import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { settleCorpus } from "../../src/corpus/leftovers.ts";
import { readFileArticles } from "../../src/corpus/read-file.ts";
import type { Log } from "../../src/log.ts";
import { syncDropFolder } from "../../src/upkeep/drop-folder.ts";
import { makeFolder } from "../index/sample.ts";
import { type Fault, setFault, untilDead } from "../support/faulty-fs.mjs";

const POOL = "# 游泳馆开放时间\n\n城东游泳馆每天早上七点开门，晚上九点半关门，周一闭馆保养。\n";
const BUS = "# 八路公交车改道\n\n八路公交车十二月起改走滨河大道，全程四十分钟，末班车晚上十点发车。\n";
const silent = () => {};
const log: Log = { debug: silent, info: silent, warn: silent, error: silent };

/** Ends like the program: it starts again with what lies there. */
async function sync(root: string, fault?: Omit<Fault, "under">): Promise<readonly string[]> {
  const [folder, corpusDir, stateDir] = ["inbox", "corpus", "state"].map((name) => join(root, name));
  const places = { folder: folder!, corpusDir: corpusDir!, stateDir: stateDir! };
  setFault({ under: root, ...fault });
  const syncing = settleCorpus(corpusDir!).then(() =>
    syncDropFolder({ ...places, read: readFileArticles, log }),
  );
  await Promise.race([syncing.catch(silent), untilDead()]);
  return setFault(undefined);
}

/** The articles, and what is remembered. */
async function stateOf(root: string) {
  const names = (await readdir(join(root, "corpus"))).sort();
  const articles = await Promise.all(names.map((name) => readFile(join(root, "corpus", name), "utf8")));
  return { names, articles, memory: await readFile(join(root, "state", "drop-folder.json"), "utf8") };
}

test.each([
  ["new files", async () => {}],
  [
    "a file that was changed",
    async (root: string) => {
      await sync(root);
      await writeFile(join(root, "inbox", "pool.md"), POOL.replace("七点", "八点"));
    },
  ],
])("%s give the same articles, and take them away, whatever step a sync was killed at", async (_, change) => {
  const base = await makeFolder({ "inbox/pool.md": POOL, "inbox/bus.md": BUS });
  const root = join(base, "root");
  await mkdir(join(root, "corpus"), { recursive: true });
  await cp(join(base, "inbox"), join(root, "inbox"), { recursive: true, preserveTimestamps: true });
  await change(root);
  const copy = async (name: string) => {
    await cp(root, join(base, name), { recursive: true, preserveTimestamps: true });
    return join(base, name);
  };
  const undisturbed = await copy("undisturbed");
  const steps = await sync(undisturbed);
  const meant = await stateOf(undisturbed);
  expect(meant.names).toEqual(["bus-01.md", "pool-01.md"]);
  for (const at of steps.keys()) {
    const killed = await copy(`killed-${at}`);
    await sync(killed, { at: at + 1, kind: "after" });
    await sync(killed);
    expect(await stateOf(killed), steps[at]).toEqual(meant);
    await rm(join(killed, "inbox", "pool.md"));
    await sync(killed);
    expect((await stateOf(killed)).names, steps[at]).toEqual(["bus-01.md"]);
  }
});
