import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { lookAtFolder, measureFolder } from "../../src/cli/doctor/look-at-folder.ts";
import { makeFolder } from "../index/sample.ts";

it("looks at a folder, at a file in its place, and at where one would be made", async () => {
  const folder = await makeFolder({ file: "x" });
  const mine = { isReadable: true, isWritable: true, freeBytes: expect.any(Number) };
  expect(await lookAtFolder(folder)).toEqual({ kind: "folder", ...mine });
  expect(await lookAtFolder(join(folder, "file"))).toEqual({ kind: "no folder", ...mine });
  expect(await lookAtFolder(join(folder, "a/b/c"))).toEqual({ kind: "nothing", ...mine });
  expect(await lookAtFolder(join(folder, "file/b"))).toEqual({ kind: "nothing", ...mine });
});

it("measures an index: the files of a folder and of the builds in it", async () => {
  const folder = await makeFolder({ current: "12345", "0123/terms.bin": "123", "0123/deeper/x": "1" });
  await writeFile(join(folder, "lock"), "1");
  expect(await measureFolder(folder)).toBe(9);
  expect(await measureFolder(join(folder, "absent"))).toBe(0);
});
