import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { AppError, messageOf } from "../errors.ts";

/** A line of a file, and the error that refuses it and says where it stands. */
export interface Row {
  readonly line: string;
  readonly refuse: (reason: string) => AppError;
}

/** The lines of a UTF-8 file that are not blank, or undefined where there is no such file. */
export async function readRows(path: string): Promise<Row[] | undefined> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new AppError(`${path} cannot be read: ${messageOf(cause)}.`, { cause });
  }
  const refuse = (i: number) => (reason: string) =>
    new AppError(`${path}, line ${i + 1}: ${reason}. Correct this line of the dataset.`);
  const rows = text.split(/\r?\n/).map((line, i) => ({ line, refuse: refuse(i) }));
  return rows.filter(({ line }) => line.trim() !== "");
}

/** The objects of a JSON-lines file. Throws AppError at the first that `schema` does not describe, or whose `_id` an earlier one has. */
export async function readRecords<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema>[] | undefined> {
  const rows = await readRows(path);
  const ids = new Set<unknown>();
  return rows?.map((row) => {
    const json = parseJson(row);
    const result = schema.safeParse(json);
    if (!result.success) {
      const { path: field, message } = result.error.issues[0]!;
      throw row.refuse(field.length === 0 ? message : `"${field.join(".")}": ${message}`);
    }
    const { _id: id } = json as { readonly _id?: unknown };
    if (ids.has(id)) throw row.refuse(`the id "${id}" occurs twice`);
    if (id !== undefined) ids.add(id);
    return result.data;
  });
}

function parseJson({ line, refuse }: Row): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw refuse(`not JSON (${messageOf(cause)})`);
  }
}
