import { join, relative, resolve, sep } from "node:path";
import { AppError } from "../errors.ts";
import { describeIndex, type IndexReport, type ReportProgress } from "./build.ts";
import { count, jsonLine, printableLine, type Streams, write } from "./output.ts";
import { showProgress } from "./progress.ts";

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

/** What an import would write. */
export interface ImportPlan {
  readonly articles: readonly PlannedArticle[];
  readonly skipped: readonly SkippedPath[];
}

export interface PlannedArticle {
  readonly title: string;
  readonly authors: readonly string[];
  readonly paragraphs: readonly string[];
}

export interface SkippedPath {
  readonly path: string;
  readonly reason: string;
}

export interface ImportPartners<Plan extends ImportPlan> extends Pick<Streams, "stdout" | "stderr"> {
  /** Takes absolute paths; what cannot be read is in `skipped`. */
  readonly planImport: (paths: readonly string[], corpusDir: string) => Promise<Plan>;
  readonly writeImport: (plan: Plan) => Promise<void>;
  readonly buildIndex: (onProgress: ReportProgress) => Promise<IndexReport>;
}

/**
 * `import`: writes the articles found in files and folders to the corpus and refreshes the index.
 *
 * @throws AppError when nothing could be imported, with the reasons.
 */
export async function runImport<Plan extends ImportPlan>(
  options: ImportOptions,
  partners: ImportPartners<Plan>,
): Promise<number> {
  const { stdout, stderr } = partners;
  const named = options.paths.map((path) => ({ path, absolute: resolve(options.calledFrom, path) }));
  const plan = await partners.planImport(
    named.map(({ absolute }) => absolute),
    options.corpusDir,
  );
  const articles = plan.articles.map(({ title, authors, paragraphs }) => ({ title, authors, paragraphs }));
  const skipped = plan.skipped.map(({ path, reason }) => ({ path: asNamed(path), reason }));
  for (const { path, reason } of skipped) {
    await write(stderr, `Skipped ${printableLine(path)}: ${printableLine(reason)}\n`);
  }
  const found = articles.length > 0;
  if (!options.dryRun && found) await partners.writeImport(plan);
  const verb = options.dryRun ? "Would import" : "Imported";
  if (options.json) await write(stdout, jsonLine({ articles, skipped }));
  else if (found) await write(stdout, describeArticles(articles, verb));
  if (!found) throw new AppError(`No article was found in ${options.paths.join(", ")}.`);
  if (options.dryRun) return 0;

  // What was imported stands already, whatever becomes of the index.
  const tell = options.json ? stderr : stdout;
  if (options.index) {
    const progress = showProgress(stderr, "Indexing");
    await write(tell, describeIndex(await partners.buildIndex(progress.report).finally(progress.end)));
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

function describeArticles(articles: readonly PlannedArticle[], verb: string): string {
  const lines = articles.map(({ title, authors, paragraphs }) => {
    const by = authors.length > 0 ? `, by ${authors.map(printableLine).join("、")}` : "";
    return `  《${printableLine(title)}》${by}, ${count(paragraphs.length, "paragraph")}\n`;
  });
  return `${verb} ${count(articles.length, "article")}:\n${lines.join("")}`;
}
