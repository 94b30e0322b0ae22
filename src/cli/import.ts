import { join, relative, resolve, sep } from "node:path";
import { callerDir } from "../config.ts";
import type { ImportReport } from "../corpus/import.ts";
import { AppError } from "../errors.ts";
import { buildAndDescribe } from "./build.ts";
import { type Command, JSON_OPTION } from "./command.ts";
import { count, jsonLine, printableLine, write } from "./output.ts";

/** Writes the articles found in files and folders to the corpus and refreshes the index. */
export const importCommand: Command = {
  name: "import",
  summary: "turn files or folders into articles of the corpus",
  operand: "PATH…",
  details: "What cannot be imported is named on stderr with the reason; the rest is imported all the same.",
  options: {
    "dry-run": { description: "show what would be imported and write nothing" },
    ...JSON_OPTION,
    "no-index": { description: "leave the index as it is" },
  },
  examples: [
    ["npm run --silent import -- page.txt", "add its articles and index them"],
    ["npm run --silent import -- scans --dry-run", "see what would be added"],
  ],

  async run({ operands, has }, session) {
    const { stdout, stderr, config, rooms } = session;
    const named = operands.map((name) => ({ name, path: resolve(callerDir(session), name) }));
    const plan = await rooms.planImport(
      named.map(({ path }) => path),
      config.corpusDir,
    );
    const { articles } = plan.report;
    const skipped = plan.report.skipped.map(({ path, reason }) => ({ path: asNamed(path, named), reason }));
    for (const { path, reason } of skipped)
      await write(stderr, `Skipped ${printableLine(path)}: ${printableLine(reason)}\n`);
    const fresh = articles.filter(({ sameAs }) => sameAs === undefined);
    if (!has("dry-run") && fresh.length > 0) await plan.write();
    const verb = has("dry-run") ? "Would import" : "Imported";
    if (has("json")) await write(stdout, jsonLine({ ...plan.report, skipped }));
    else if (articles.length > 0) await write(stdout, describeArticles(fresh, verb));
    if (articles.length === 0) throw new AppError(`No article was found in ${operands.join(", ")}.`);
    if (has("dry-run")) return 0;

    // What was imported stands already, whatever becomes of the index.
    const left = 'The index is as it was. Run "npm run index" before asking.\n';
    const told = has("no-index") ? session.forOperator(left) : await buildAndDescribe(session);
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

function describeArticles(articles: ImportReport["articles"], verb: string): string {
  const lines = articles.map(({ title, authors, paragraphs }) => {
    const by = authors.length > 0 ? `, by ${authors.map(printableLine).join("、")}` : "";
    return `  《${printableLine(title)}》${by}, ${count(paragraphs.length, "paragraph")}\n`;
  });
  const replaced = articles.filter(({ replaces }) => replaces !== undefined).length;
  const note = replaced > 0 ? `, ${replaced} replaced` : "";
  return `${verb} ${count(articles.length, "article")}${note}${lines.length > 0 ? ":" : "."}\n${lines.join("")}`;
}
