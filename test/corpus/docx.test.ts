import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readerFor } from "../../src/corpus/readers.ts";
import { writeZip } from "../support/write-zip.ts";

const STYLED = readFileSync(new URL("./files/docx/styled.docx", import.meta.url));

async function read(bytes: Uint8Array) {
  return (await readerFor("a.docx")!(bytes, "a.docx")).articles;
}

test("an old Word file and an encrypted one are refused with what to do", async () => {
  const ole = Buffer.concat([Buffer.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), Buffer.alloc(600)]);
  await expect(read(ole)).rejects.toThrow("is an old Word file (.doc); save it as .docx");
  const encrypted = Buffer.concat([ole, Buffer.from("EncryptedPackage", "utf16le")]);
  await expect(read(encrypted)).rejects.toThrow("is encrypted; remove the password first");
});

test("what is no archive, or a part of one, is refused", async () => {
  for (const bytes of [new Uint8Array(), Buffer.from("正文"), STYLED.subarray(0, STYLED.length - 40)]) {
    await expect(read(bytes)).rejects.toThrow("is no Word document, or only a part of one");
  }
  const broken = Buffer.from(STYLED);
  broken.fill(0, 200, 2000);
  await expect(read(broken)).rejects.toThrow(/^is damaged: /);
});

test("an archive that unpacks to too much is refused before it is unpacked", async () => {
  const bomb = zip("word/document.xml", Buffer.alloc(201 * 1024 * 1024));
  expect(bomb.length).toBeLessThan(1024 * 1024);
  await expect(read(bomb)).rejects.toThrow("unpacks to more than 200 MB");
});

test("an archive that is no document is refused", async () => {
  await expect(read(zip("a.txt", Buffer.from("正文")))).rejects.toThrow(/^is damaged: /);
});

/** An archive of one file. */
function zip(name: string, content: Buffer): Buffer {
  return writeZip([{ name, content }], { isPacked: true });
}
