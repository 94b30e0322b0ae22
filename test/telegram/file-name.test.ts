import { extname } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { downloadLimitMb } from "../../src/telegram/documents/download.ts";
import { safeFileName } from "../../src/telegram/documents/file-name.ts";

test.each([
  ["年度报告（终稿）.pdf", "年度报告（终稿）.pdf"],
  ["../../etc/passwd.txt", "passwd.txt"],
  ["C:\\Users\\me\\notice.DOCX", "notice.DOCX"],
  ["~$notice.docx", "notice.docx"],
  ["..txt", "document.txt"],
  [".txt", "txt"],
  ["", "document"],
  ["a:b?.md", "ab.md"],
])("a document called %s is the file %s", (name, file) => {
  expect(safeFileName(name)).toBe(file);
});

test("whatever a document is called, its file lies in its folder and can be written", () => {
  const names = fc.oneof(
    fc.string({ unit: "binary", maxLength: 400 }),
    fc
      .string({
        unit: fc.constantFrom(".", "/", "\\", "~", "$", " ", "报", "\u202E", "\0", "a"),
        maxLength: 400,
      })
      .map((stem) => `${stem}.pdf`),
  );
  fc.assert(
    fc.property(names, (name) => {
      const file = safeFileName(name);
      expect(file).not.toMatch(/[/\\\p{C}]|^[.~]/u);
      expect(Buffer.byteLength(file)).toBeLessThan(256);
      expect(safeFileName(file)).toBe(file);
      if (name.endsWith(".pdf") && file.includes(".")) expect(extname(file)).toBe(".pdf");
    }),
  );
});

test("Telegram's own server gives bots 20 MB, another one 64", () => {
  expect(downloadLimitMb("https://api.telegram.org")).toBe(20);
  expect(downloadLimitMb("http://127.0.0.1:8081")).toBe(64);
});
