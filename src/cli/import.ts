import { join, relative, resolve, sep } from "node:path";
import { callerDir } from "../config.ts";
import { objectionToCollection } from "../corpus/collection-name.ts";
import { AppError, UsageError } from "../errors.ts";
import { jsonLine } from "../log.ts";
import { buildAndDescribe } from "./build.ts";
import { type Command, JSON_OPTION } from "./command.ts";
import { printableLine, write } from "./output.ts";
import { withProgress } from "./progress.ts";
import { renderImport, summariseImport } from "./render-import.ts";

/** Without a terminal, the progress of fewer files is not worth lines. */
const MANY_FILES = 10;

/** Writes the articles found in files and folders to the corpus and refreshes the index. */
export const importCommand: Command = {
  name: "import",
  summary: "turn files or folders into articles of the corpus",
  operand: "PATH…",
  details:
    "What cannot be imported is named on stderr with the reason; the rest is imported all the same. Exit code 1\n" +
    "only where no PATH gave an article. A source that has changed replaces the article it gave before, unless\n" +
    "that was edited by hand: then it stays. What the corpus has already is not imported again.",
  options: {
    collection: { value: "NAME", description: "import into this subfolder of the corpus" },
    "dry-run": { description: "show what would be imported and write nothing" },
    ...JSON_OPTION,
    "no-index": { description: "leave the index as it is" },
  },
  examples: [
    ["npm run --silent import -- page.txt", "add its articles and index them"],
    ["npm run --silent import -- scans --dry-run", "see what would be added"],
    ["npm run --silent import -- scans --collection news", "add them to a collection of their own"],
  ],

  async run({ operands, has, value }, session) {
    const { stdout, stderr, config, rooms, style, forOperator } = session;
    const collection = value("collection");
    const objection = collection === undefined ? undefined : objectionToCollection(collection);
    if (objection) throw new UsageError(`--collection ${JSON.stringify(collection)} ${objection}.`);
    const named = operands.map((name) => ({ name, path: resolve(callerDir(session), name) }));
    const paths = named.map(({ path }) => path);
    // A removal that was killed has hidden what would be imported twice.
    if (!has("dry-run")) await rooms.settleCorpus(config.corpusDir);
    const plan = await withProgress(stderr, "Reading", (report) =>
      rooms.planImport({
        paths,
        corpusDir: config.corpusDir,
        ...(collection === undefined ? {} : { collection }),
        onProgress: (done, total) => {
          if (stderr.isTTY || total >= MANY_FILES) report(done, total);
        },
      }),
    );
    const { articles } = plan.report;
    const skipped = plan.report.skipped.map(({ path, reason }) => ({ path: asNamed(path, named), reason }));
    const isDryRun = has("dry-run");
    const isNew = ({ sameAs, keeps }: (typeof articles)[number]) =>
      sameAs === undefined && keeps === undefined;
    const fresh = articles.filter(isNew);
    if (!isDryRun && fresh.length > 0) await plan.write();
    if (has("json")) await write(stdout, jsonLine({ ...plan.report, skipped }));
    else if (articles.length > 0) await write(stdout, renderImport(fresh, isDryRun, style));
    for (const { path, reason } of skipped)
      await write(stderr, forOperator(`Skipped ${printableLine(path)}: ${printableLine(reason)}\n`));
    if (articles.length === 0) throw new AppError(`No article was found in ${operands.join(", ")}.`);
    if (!has("json")) await write(stdout, summariseImport(fresh, skipped.length, isDryRun));
    if (isDryRun) return 0;

    // What was imported stands already, whatever becomes of the index.
    const left = 'The index is as it was. Run "npm run index" before asking.\n';
    const told = has("no-index") ? forOperator(left) : await buildAndDescribe(session);
    await write(has("json") ? stderr : stdout, told);
    return 0;
  },
};

/** The path as the operator would write it, where it lies in something the operator named. */
function asNamed(path: string, named: readonly { readonly name: string; readonly path: string }[]): string {
  const within = named.find((each) => path === each.path || path.startsWith(each.path + sep));
  if (!within) return path;
  return path === within.path ? within.name : join(within.name, relative(within.path, path));
}
