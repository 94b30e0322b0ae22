import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "../../src/errors.ts";
import { openDatabase } from "../../src/store/database.ts";
import { makeFolder } from "../index/sample.ts";

const PAGE = 4096;
const rows = z.object({ total: z.number(), letters: z.number() });
const READ = "SELECT count(*) AS total, sum(length(question)) AS letters FROM asked";
const INSERT =
  "INSERT INTO asked (at, surface, collection, language, question, meant, kind, answer, ms) " +
  "VALUES (?, 'private', '', 'zh', ?, 'x', 'answered', '{}', 1)";

/** The bytes of a database with 500 rows. */
async function makeDatabase(): Promise<Buffer> {
  const folder = await makeFolder();
  const database = openDatabase(folder);
  database.atomically(() => {
    for (let i = 0; i < 500; i++) database.run(INSERT, i, `${"问".repeat(60)}${i}`);
  });
  database.get(z.unknown(), "PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
  return readFileSync(join(folder, "wenbao.db"));
}

/** How a database with these bytes opens and is read: nothing, or what is said. */
function read(folder: string, bytes: Uint8Array): string | undefined {
  const path = join(folder, "wenbao.db");
  for (const end of ["", "-wal", "-shm"]) rmSync(path + end, { force: true });
  writeFileSync(path, bytes);
  try {
    const database = openDatabase(folder);
    try {
      database.get(rows, READ);
    } finally {
      database.close();
    }
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).message).toContain(path);
    expect((error as AppError).message).not.toContain("\n");
    // It is the operator's to decide.
    expect(readFileSync(path).length).toBe(bytes.length);
    return (error as AppError).message;
  }
}

test("a database that was cut says which file is damaged, and what to do", async () => {
  const [folder, whole] = [await makeFolder(), await makeDatabase()];
  expect(read(folder, whole)).toBeUndefined();
  for (const share of [0.03, 0.2, 0.5, 0.9, 0.99]) {
    const said = read(folder, whole.subarray(0, Math.floor(share * whole.length)));
    expect(said, `cut at ${share}`).toMatch(/is damaged .* put a copy of it back/);
  }
});

test("so does one of which a page is something else, whichever it is", async () => {
  const [folder, whole] = [await makeFolder(), await makeDatabase()];
  for (let page = 0; page < whole.length / PAGE; page += 3) {
    const damaged = Buffer.from(whole).fill(0xab, page * PAGE, (page + 1) * PAGE);
    expect(read(folder, damaged), `page ${page}`).toMatch(/is damaged/);
  }
});

test("flipped bytes of the header, and bits anywhere, end in one line or in nothing", async () => {
  const [folder, whole] = [await makeFolder(), await makeDatabase()];
  for (let at = 0; at < 100; at++) {
    const damaged = Buffer.from(whole);
    damaged[at]! ^= 0xff;
    read(folder, damaged);
  }
  for (let at = 100; at < whole.length; at += 4999) {
    const damaged = Buffer.from(whole);
    damaged[at]! ^= 1 << (at % 8);
    read(folder, damaged);
  }
});

test("a damage that comes while it is in use is told by what reads it, and by what writes", async () => {
  const folder = await makeFolder({ "wenbao.db": await makeDatabase() });
  const database = openDatabase(folder);
  truncateSync(join(folder, "wenbao.db"), 3 * PAGE);
  expect(() => database.get(rows, READ)).toThrow(/wenbao\.db is damaged/);
  database.close();
});
