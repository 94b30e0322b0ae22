import { AppError } from "../errors.ts";
import type { Command } from "./command.ts";
import { count, printableLine, write } from "./output.ts";
import { withProgress } from "./progress.ts";
import type { Session } from "./session.ts";

export const index: Command = {
  name: "index",
  summary: "build the search index, or bring it up to date",
  details: "Only articles that changed are embedded again. Ends with exit code 1 where there is no article.",
  options: {},
  examples: [["npm run --silent index", "after the corpus was changed by hand"]],

  async run(_, session) {
    const { articles, told } = await build(session);
    await write(session.stdout, told);
    if (articles > 0) return 0;
    throw new AppError(
      `No article was found in ${session.config.corpusDir}, so that nothing can be asked. ` +
        'Add some with "npm run import -- PATH", or let CORPUS_DIR name a folder that has some.',
    );
  },
};

/** Builds the index, with the progress and what is left out shown on stderr; gives one sentence about the index. */
export async function buildAndDescribe(session: Session): Promise<string> {
  return (await build(session)).told;
}

async function build({
  config,
  rooms,
  stderr,
}: Session): Promise<{ readonly articles: number; readonly told: string }> {
  const startMs = performance.now();
  const report = await withProgress(stderr, "Indexing", (onProgress) => rooms.buildIndex(config, onProgress));
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  for (const { path, reason } of report.problems)
    await write(stderr, `${printableLine(`Left out ${path}: ${reason}`)}\n`);
  const holds = `${count(report.articles, "article")} in ${count(report.passages, "passage")}`;
  const told = `The index holds ${holds}; ${report.embeddedArticles} embedded anew (${seconds} s).\n`;
  return { articles: report.articles, told };
}
