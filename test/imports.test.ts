import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const source = fileURLToPath(new URL("../src/", import.meta.url));

/** The rooms from the ground up: a file imports from its own room and from rooms on lower steps. */
const STEPS = [
  ["types", "errors", "log", "processes", "durable"],
  ["options", "listen"],
  ["config"],
  ["analysis"],
  ["corpus", "chunking"],
  ["embedding"],
  ["index"],
  ["retrieval"],
  ["answering"],
  ["phrasing"],
  ["assistant"],
  ["dialogue", "gaps"],
  ["upkeep"],
  ["health"],
  ["evaluation"],
  ["store"],
  ["telegram", "cli"],
  ["main"],
];
/** Rooms that may reach less than all of the steps below them. */
const ONLY: Readonly<Record<string, readonly string[]>> = { store: ["types", "errors", "log", "durable"] };

/** Where an outside package may be imported: files, or a folder with everything in it. */
const DOORS: readonly (readonly [packageName: RegExp, ...doors: string[]])[] = [
  [/^@xenova\/transformers/, "embedding/transformer-worker.ts"],
  [/^hnswlib-node/, "index/hnsw.ts"],
  [/^@node-rs\/jieba/, "analysis/words.ts"],
  [/^opencc-js/, "analysis/fold.ts"],
  [/^chokidar/, "upkeep/watch-folder.ts"],
  [/^eld\b/, "analysis/language.ts"],
  [/^linkedom/, "corpus/html/parse.ts"],
  [/^@mozilla\/readability/, "corpus/html/readable.ts"],
  [/^mammoth/, "corpus/docx/convert.ts"],
  [/^pdfjs-dist/, "corpus/pdf/text-layer.ts"],
  [/^libsql/, "store/"],
  [/^prom-client/, "health/metrics.ts"],
  [/^(?:grammy|@grammyjs\/.*)(?:\/|$)/, "telegram/"],
];

interface Import {
  /** Below src/. */
  readonly file: string;
  /** As written. */
  readonly from: string;
}

const SPECIFIER =
  /(?:\bfrom|^import|\bimport\(|\brequire\(|\bcreateRequire\(import\.meta\.url\)\()\s*["']([^"']+)["']/gm;

function readImports(file: string, code: string): Import[] {
  return [...code.matchAll(SPECIFIER)].map((match) => ({ file, from: match[1]! }));
}

function roomOf(path: string): string {
  return path.split("/")[0]!.replace(/\.ts$/, "");
}

/** What is wrong with an import, or undefined. */
function objection({ file, from }: Import): string | undefined {
  if (!from.startsWith(".")) {
    const [, ...doors] = DOORS.find(([name]) => name.test(from)) ?? [];
    const inside = doors.some((door) => file === door || (door.endsWith("/") && file.startsWith(door)));
    return inside || doors.length === 0
      ? undefined
      : `${file} imports ${from}, whose door is ${doors.join(", ")}`;
  }
  const [room, target] = [roomOf(file), roomOf(relative("/", join("/", file, "..", from)))];
  if (room === target) return undefined;
  const stepOf = (name: string) => STEPS.findIndex((names) => names.includes(name));
  if (stepOf(room) < 0 || stepOf(target) < 0) return `${file} imports ${from}: a room that has no step`;
  const allowed = ONLY[room]?.includes(target) ?? stepOf(target) < stepOf(room);
  return allowed ? undefined : `${file} imports ${from}, which points back`;
}

const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts"));
const imports = files.flatMap((file) => readImports(file, readFileSync(join(source, file), "utf8")));

describe("imports of src/", () => {
  test("point one way only, and outside packages come in by their one door", () => {
    expect(imports.length).toBeGreaterThan(50);
    expect(imports.map(objection).filter((line) => line !== undefined)).toEqual([]);
  });

  test("every file lies in a room that has a step", () => {
    expect(files.filter((file) => !STEPS.flat().includes(roomOf(file)))).toEqual([]);
  });

  test("the doors that exist are in use, so that the reader of imports has not gone blind", () => {
    for (const [name, ...doors] of DOORS) {
      for (const door of doors.filter((path) => files.some((file) => file.startsWith(path)))) {
        expect(
          imports.some(({ file, from }) => name.test(from) && file.startsWith(door)),
          door,
        ).toBe(true);
      }
    }
  });

  test.each([
    ["index/open.ts", 'import { x } from "../retrieval/query.ts";'],
    ["chunking/passages.ts", 'import type { x } from "../corpus/page.ts";'],
    ["corpus/page.ts", 'export * from "../chunking/passages.ts";'],
    ["cli/ask.ts", 'import {\n  a,\n  b,\n} from "../telegram/bot.ts";'],
    ["store/inbox.ts", 'import "../config.ts";'],
    ["types.ts", 'const x = await import("./config.ts");'],
    ["cli/chat.ts", 'import { Bot } from "grammy";'],
    ["telegram/bot.ts", 'import { AutoModel } from "@xenova/transformers";'],
    ["embedding/hub.ts", 'import { AutoModel } from "@xenova/transformers";'],
    ["index/open.ts", 'createRequire(import.meta.url)("hnswlib-node")'],
  ])("in %s an import like %s is objected to", (file, code) => {
    expect(readImports(file, code).map(objection)).toEqual([expect.any(String)]);
  });

  test.each([
    ["main.ts", 'import { x } from "./telegram/bot.ts";'],
    ["telegram/menu/feature.ts", 'import { x } from "../../assistant.ts";'],
    ["telegram/bot.ts", 'import { run } from "@grammyjs/runner";'],
    ["store/inbox.ts", 'import { AppError } from "../errors.ts";'],
  ])("in %s an import like %s is not", (file, code) => {
    expect(readImports(file, code).map(objection)).toEqual([undefined]);
  });
});
