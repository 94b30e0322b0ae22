import { join, relative, resolve, sep } from "node:path";
import type { ImportReport } from "../corpus/import.ts";
import { AppError } from "../errors.ts";
import { type BuildIndex, buildAndDescribe } from "./build.ts";
import { count, jsonLine, printableLine, type Streams, write } from "./output.ts";

export interface ImportOptions {
  /** Files or folders, as the operator named them. */
  readonly paths: readonly string[];
  /** The folder that relative paths are meant from. */
  readonly calledFrom: string;
  readonly corpusDir: string;
  readonly dryRun: boolean;
  readonly json: boolean;
  /** Refresh the index afterwards? */
  readonly index: boolean;
}

export interface ImportPartners<Plan> extends Pick<Streams, "stdout" | "stderr"> {
  /** Takes absolute paths. */
  readonly planImport: (paths: readonly string[], corpusDir: string) => Promise<Plan>;
  readonly reportImport: (plan: Plan) => ImportReport;
  readonly writeImport: (plan: Plan) => Promise<unknown>;
  readonly buildIndex: BuildIndex;
}

/**
 * `import`: writes the articles found in files and folders to the corpus and refreshes the index.
 *
 * @throws AppError when nothing could be imported, with the reasons.
 */
export async function runImport<Plan>(
  options: ImportOptions,
  partners: ImportPartners<Plan>,
): Promise<number> {
  const { stdout, stderr } = partners;
  const named = options.paths.map((path) => ({ path, absolute: resolve(options.calledFrom, path) }));
  const plan = await partners.planImport(
    named.map(({ absolute }) => absolute),
    options.corpusDir,
  );
  const report = partners.reportImport(plan);
  const skipped = report.skipped.map(({ path, reason }) => ({ path: asNamed(path), reason }));
  const fresh = report.articles.filter(({ sameAs }) => sameAs === undefined);
  for (const { path, reason } of skipped) {
    await write(stderr, `Skipped ${printableLine(path)}: ${printableLine(reason)}\n`);
  }
  if (!options.dryRun && fresh.length > 0) await partners.writeImport(plan);
  const verb = options.dryRun ? "Would import" : "Imported";
  if (options.json) await write(stdout, jsonLine({ ...report, skipped }));
  else if (report.articles.length > 0) await write(stdout, describeArticles(fresh, verb));
  if (report.articles.length === 0)
    throw new AppError(`No article was found in ${options.paths.join(", ")}.`);
  if (options.dryRun) return 0;

  // What was imported stands already, whatever becomes of the index.
  const tell = options.json ? stderr : stdout;
  if (options.index) {
    await write(tell, await buildAndDescribe(partners.buildIndex, stderr));
  } else {
    await write(tell, 'The index is as it was. Run "npm run index" before asking.\n');
  }
  return 0;

  /** The path as the operator would write it, where it lies in something the operator named. */
  function asNamed(path: string): string {
    for (const { path: name, absolute } of named) {
      if (path === absolute) return name;
      if (path.startsWith(absolute + sep)) return join(name, relative(absolute, path));
    }
    return path;
  }
}

function describeArticles(articles: ImportReport["articles"], verb: string): string {
  const lines = articles.map(({ title, authors, paragraphs }) => {
    const by = authors.length > 0 ? `, by ${authors.map(printableLine).join("、")}` : "";
    return `  《${printableLine(title)}》${by}, ${count(paragraphs.length, "paragraph")}\n`;
  });
  const replaced = articles.filter(({ replaces }) => replaces !== undefined).length;
  const note = replaced > 0 ? `, ${replaced} replaced` : "";
  return `${verb} ${count(articles.length, "article")}${note}${lines.length > 0 ? ":" : "."}\n${lines.join("")}`;
}
