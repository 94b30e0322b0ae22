import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { AppError } from "../errors.ts";

/** Version of the library that reads PDF files. Throws where it, or the character maps of Chinese fonts, are missing. */
export async function findPdfLibrary(): Promise<string> {
  const { version } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const folder = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  if (existsSync(join(folder, "cmaps"))) return version;
  throw new AppError(`the folder cmaps of ${folder} is missing`);
}
