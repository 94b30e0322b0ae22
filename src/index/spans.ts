import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";

const spansSchema = z.array(z.tuple([z.int().nonnegative(), z.int().nonnegative(), z.int().nonnegative()]));

/** The file of a build that says where its passages lie. */
export const SPANS_FILE = "passages.json";

/** For each passage the number of its article in the manifest, and the start and end of its span. */
export async function readSpans(folder: string): Promise<[article: number, start: number, end: number][]> {
  return spansSchema.parse(JSON.parse(await readFile(join(folder, SPANS_FILE), "utf8")));
}
