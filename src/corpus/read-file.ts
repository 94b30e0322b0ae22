import { readFile, stat } from "node:fs/promises";
import { basename, extname } from "node:path";
import { AppError } from "../errors.ts";
import { type FoundArticles, IMPORTABLE, readerFor } from "./readers.ts";

const MEGABYTE = 1024 * 1024;
/** Pictures and fonts take more room than texts. */
const LARGE_FORMATS = [".pdf", ".docx", ".html", ".htm"];

/**
 * The articles of one file. Throws AppError with the reason, as the end of a sentence about the file, where its format
 * is not known, where it is too large, and where its reader throws.
 */
export async function readFileArticles(path: string, onProgress?: () => void): Promise<FoundArticles> {
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
  return reader(await readFile(path), basename(path), onProgress);
}
