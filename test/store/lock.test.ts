import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import { lockState } from "../../src/store/lock.ts";
import { makeFolder } from "../index/sample.ts";

test("a folder is locked once at a time, and whoever comes second hears which process has it", async () => {
  const folder = join(await makeFolder(), "deep", "state");
  const lock = lockState(folder);
  expect(() => lockState(folder)).toThrow(
    `Another Wenbao (process ${process.pid}) works with the state folder ${folder}. ` +
      "Stop it, or give this one a STATE_DIR of its own.",
  );
  expect(statSync(folder).mode & 0o077).toBe(0);
  lock.release();
  lockState(folder).release();
});

test("what is left of a process that was killed locks nothing", async () => {
  const folder = await makeFolder({ "lock.pid": "1\n", "lock.db": "" });
  const lock = lockState(folder);
  expect(readFileSync(join(folder, "lock.pid"), "utf8")).toBe(`${process.pid}\n`);
  lock.release();
});

test("a lock that is damaged is named, for it may be removed", async () => {
  const folder = await makeFolder({ "lock.db": "no database, whatever it may have been before".repeat(20) });
  expect(() => lockState(folder)).toThrow(`Remove ${join(folder, "lock.db")}, which holds nothing.`);
});

test("a folder that cannot be used is named at once, with what to do", async () => {
  const folder = await makeFolder();
  writeFileSync(join(folder, "file"), "x");
  mkdirSync(join(folder, "taken", "lock.db"), { recursive: true });
  const places = ["file", "file/below", "taken"].map((name) => join(folder, name));
  // Node's own way of making folders never ends there.
  if (process.platform === "linux") places.push("/proc", "/proc/state", "/proc/a/b");
  for (const place of places) {
    expect(() => lockState(place)).toThrow(AppError);
    expect(() => lockState(place)).toThrow(/cannot be kept in .* Let STATE_DIR name a folder/);
  }
});
