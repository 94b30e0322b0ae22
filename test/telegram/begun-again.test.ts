import { readdir } from "node:fs/promises";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../src/store/store.ts";
import { makeFolder } from "../index/sample.ts";
import { startFakeBotApi } from "../support/fake-bot-api.ts";
import { articleFile, openLiveCorpus } from "../support/live-corpus.ts";
import { serveBot } from "../support/serve-bot.ts";

const POOL = articleFile("游泳馆开放时间", "城东游泳馆每天早上七点开门，晚上九点半关门，周一闭馆保养。");
const BUS = "八路公交车改道\n八路公交车十二月起改走滨河大道，全程四十分钟。\n";

/** Serves until a change is on disk and nobody was told of it, ends as a kill does, and serves again. */
async function setUp() {
  const telegram = await startFakeBotApi();
  onTestFinished(telegram.close);
  const corpus = await openLiveCorpus({ "pool.md": POOL });
  const store = openStore(await makeFolder());
  onTestFinished(store.close);
  const library = { ...corpus.assistants, defaultCollection: "" };
  const partners = { library, store, stateDir: corpus.stateDir, finishMs: 50 };
  const admin = telegram.private(1, { language_code: "en" });

  async function dieAfter(change: "importFile" | "remove" | "undo", ask: () => unknown) {
    let changed = () => {};
    const isChanged = new Promise<void>((resolve) => {
      changed = resolve;
    });
    const thenNothing = async (...given: never[]) => {
      await (corpus.editor[change] as (...given: never[]) => Promise<unknown>)(...given);
      changed();
      return new Promise<never>(() => {});
    };
    const bot = await serveBot(telegram, {
      ...partners,
      editor: { ...corpus.editor, [change]: thenNothing },
    });
    await ask();
    await isChanged;
    await bot.stop();
  }
  const live = () => serveBot(telegram, { ...partners, editor: corpus.editor });
  const said = () => admin.messages.map(({ text }) => text).filter((text) => text !== "");
  const files = async () => (await readdir(corpus.corpusDir)).sort();
  const end = (text: string) => admin.waitFor((one) => one.text.startsWith(text), 20_000);
  return { telegram, admin, dieAfter, live, said, files, end };
}

test("an import that nobody was told of is told as what it was, and can be undone", async () => {
  const { admin, dieAfter, live, said, files, end } = await setUp();
  await dieAfter("importFile", () => admin.sendsDocument("bus.txt", Buffer.from(BUS)));
  expect(await files()).toEqual(["bus-01.md", "pool.md"]);
  await live();
  const report = await end("✅");
  expect(report.text).toBe("✅ bus.txt: 1 article, 1 paragraph\n• “八路公交车改道”");
  expect(said()).toEqual([report.text]);
  admin.presses(report, "↩ Undo");
  await end("Undone.\n• 1 article removed");
  expect(await files()).toEqual(["pool.md"]);
});

test("an import whose file cannot be had any more is taken back, and that is said", async () => {
  const { admin, dieAfter, live, files, end, telegram } = await setUp();
  await dieAfter("importFile", () => admin.sendsDocument("bus.txt", Buffer.from(BUS)));
  telegram.failNext("getFile", { kind: "error", code: 400, description: "Bad Request: invalid file_id" });
  await live();
  await end("bus.txt could not be downloaded. Nothing was changed.");
  expect(await files()).toEqual(["pool.md"]);
});

test("a removal that nobody was told of is told, and can be undone; so is that", async () => {
  const { admin, dieAfter, live, files, end } = await setUp();
  await dieAfter("remove", async () => {
    const asked = admin.says("/remove pool");
    admin.presses(await admin.waitForReply(asked), "🗑 Remove");
  });
  expect(await files()).toEqual([]);
  const bot = await live();
  const removed = await end("“游泳馆开放时间” was removed.");
  expect(await files()).toEqual([]);
  await bot.stop();
  await dieAfter("undo", () => admin.presses(removed, "↩ Undo"));
  expect(await files()).toEqual(["pool.md"]);
  await live();
  await end("Undone.");
  expect(await files()).toEqual(["pool.md"]);
});
