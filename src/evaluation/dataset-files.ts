import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { AppError, messageOf } from "../errors.ts";

/** A line that is not blank, with its number in the file, from 1. */
export interface Row<Value> {
  readonly number: number;
  readonly value: Value;
}

/** The lines of a UTF-8 file that are not blank, or undefined where there is no such file. */
export async function readRows(path: string): Promise<Row<string>[] | undefined> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new AppError(`${path} cannot be read: ${messageOf(cause)}.`, { cause });
  }
  return text
    .split(/\r?\n/)
    .map((value, i) => ({ number: i + 1, value }))
    .filter(({ value }) => value.trim() !== "");
}

/** The objects of a JSON-lines file. Throws AppError naming the first line that is not what `schema` describes. */
export async function readJsonRows<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<Row<z.output<Schema>>[] | undefined> {
  const rows = await readRows(path);
  return rows?.map(({ number, value }) => {
    const result = schema.safeParse(parseJson(value, path, number));
    if (result.success) return { number, value: result.data };
    const { path: field, message } = result.error.issues[0]!;
    throw malformedLine(path, number, field.length === 0 ? message : `"${field.join(".")}": ${message}`);
  });
}

/** The one way in which a dataset's line is refused. */
export function malformedLine(path: string, number: number, reason: string): AppError {
  return new AppError(`${path}, line ${number}: ${reason}. Correct this line of the dataset.`);
}

/** Throws AppError at the first row whose id an earlier one has. */
export function refuseRepeatedIds(path: string, rows: readonly Row<{ readonly _id: string }>[]): void {
  const seen = new Set<string>();
  for (const { number, value } of rows) {
    if (seen.has(value._id)) throw malformedLine(path, number, `the id "${value._id}" occurs twice`);
    seen.add(value._id);
  }
}

function parseJson(line: string, path: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw malformedLine(path, number, `not JSON (${messageOf(cause)})`);
  }
}
