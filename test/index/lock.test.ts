import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import { withLock } from "../../src/index/lock.ts";
import { startOf } from "../../src/processes.ts";
import { makeFolder } from "./sample.ts";

const fail = async () => {
  throw new Error("interrupted");
};

test("the lock is there while the work is done, and gone after it, done or failed", async () => {
  const folder = join(await makeFolder(), "index");
  expect(await withLock(folder, () => readdir(folder))).toEqual(["lock"]);
  expect(await readdir(folder)).toEqual([]);
  await expect(withLock(folder, fail)).rejects.toThrow("interrupted");
  expect(await readdir(folder)).toEqual([]);
});

test("while another process holds it nothing is done, and the error names process and file", async () => {
  const folder = await makeFolder();
  const other = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"]);
  onTestFinished(() => void other.kill());
  await writeFile(join(folder, "lock"), String(other.pid));
  const refused = withLock(folder, fail, 300);
  await expect(refused).rejects.toThrow(AppError);
  await expect(refused).rejects.toThrow(`process ${other.pid} is building there`);
  await expect(refused).rejects.toThrow(join(folder, "lock"));

  const waiting = withLock(folder, async () => "done");
  other.kill();
  await once(other, "exit");
  expect(await waiting).toBe("done");
});

test.each(["", "torn", String(process.pid)])("a lock that says %j holds nobody up", async (holder) => {
  const folder = await makeFolder({ lock: holder });
  expect(await withLock(folder, async () => "done")).toBe("done");
  expect(await readdir(folder)).toEqual([]);
});

test("nor does one whose process has ended, though another has its number now", async () => {
  const other = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"]);
  onTestFinished(() => void other.kill());
  const folder = await makeFolder({ lock: `${other.pid} ${Number(startOf(other.pid!)) - 1}` });
  // Only Linux tells when a process was started.
  if (startOf(process.pid) !== "") expect(await withLock(folder, async () => "done", 0)).toBe("done");
  await writeFile(join(folder, "lock"), `${other.pid} ${startOf(other.pid!)}`);
  await expect(withLock(folder, fail, 0)).rejects.toThrow(`process ${other.pid} is building there`);
});
