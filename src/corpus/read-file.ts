import { readFile, stat } from "node:fs/promises";
import { basename, extname } from "node:path";
import { AppError } from "../errors.ts";
import { type FoundArticles, IMPORTABLE, type OnPage, readerFor } from "./readers.ts";

const MEGABYTE = 1024 * 1024;
/** Pictures and fonts take more room than texts. */
const LARGE_FORMATS = [".pdf", ".docx", ".html", ".htm"];

/**
 * The articles of one file. Throws AppError with the reason, as the end of a sentence about the file, where its format
 * is not known, where it is too large, and where its reader throws.
 */
export async function readFileArticles(path: string, onProgress?: OnPage): Promise<FoundArticles> {
  const extension = extname(path).toLowerCase();
  const reader = readerFor(path);
  if (!reader) {
    const format = extname(path) || "a file without extension";
    throw new AppError(`${format} cannot be imported; ${IMPORTABLE.join(", ")} can`);
  }
  const { size } = await stat(path);
  const limit = LARGE_FORMATS.includes(extension) ? 64 : 10;
  if (size > limit * MEGABYTE)
    throw new AppError(`is ${Math.ceil(size / MEGABYTE)} MB; the limit is ${limit} MB`);
  const bytes = await readFile(path);
  const meant = formatOf(bytes);
  if (meant !== undefined && meant !== (extension === ".htm" ? ".html" : extension))
    throw new AppError(`is not what its name says; if it is a ${meant} file, rename it`);
  return reader(bytes, basename(path), onProgress).catch((error: unknown) => {
    // Patterns that run over millions of letters without a break overflow.
    if (error instanceof RangeError) throw new AppError("holds a line that is too long to be read");
    throw error;
  });
}

/** What a file's first bytes say it is, whatever its name; undefined where they do not. */
function formatOf(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, 1024).toString("latin1").trimStart();
  if (start.startsWith("%PDF-")) return ".pdf";
  if (start.startsWith("PK\u0003\u0004")) return ".docx";
  return /^(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype html|html)\b/i.test(start) ? ".html" : undefined;
}
