import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** Dataset folders, and folders that only hold articles to search among. */
export interface Found {
  readonly datasets: readonly string[];
  readonly unasked: readonly string[];
}

/**
 * What a folder stands for: the datasets in it, in the order of their names, or itself where it holds none. Whether
 * they can be read is not looked at.
 */
export async function findDatasets(folder: string): Promise<Found> {
  const itself = { datasets: [folder], unasked: [] };
  if (await holds(folder, "queries.jsonl", "questions.jsonl", "corpus.jsonl")) return itself;
  const names = await readdir(folder).catch((): string[] => []);
  const datasets: string[] = [];
  const unasked: string[] = [];
  for (const inner of names.sort().map((name) => join(folder, name))) {
    if (await holds(inner, "queries.jsonl", "questions.jsonl")) datasets.push(inner);
    else if (await holds(inner, "corpus.jsonl")) unasked.push(inner);
  }
  return datasets.length > 0 ? { datasets, unasked } : itself;
}

async function holds(folder: string, ...names: readonly string[]): Promise<boolean> {
  const inside = await readdir(folder).catch((): string[] => []);
  return names.some((name) => inside.includes(name));
}
