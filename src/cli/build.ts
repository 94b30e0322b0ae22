import type { Command } from "./command.ts";
import { count, printableLine, write } from "./output.ts";
import { withProgress } from "./progress.ts";
import type { Session } from "./session.ts";

export const index: Command = {
  name: "index",
  summary: "build the search index, or bring it up to date",
  details: "Only articles that changed are embedded again.",
  options: {},
  examples: [["npm run --silent index", "after the corpus was changed by hand"]],

  async run(_, session) {
    await write(session.stdout, await buildAndDescribe(session));
    return 0;
  },
};

/** Builds the index, with the progress and what is left out shown on stderr; gives one sentence about the index. */
export async function buildAndDescribe({ config, rooms, stderr }: Session): Promise<string> {
  const startMs = performance.now();
  const report = await withProgress(stderr, "Indexing", (onProgress) => rooms.buildIndex(config, onProgress));
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  for (const { path, reason } of report.problems)
    await write(stderr, `${printableLine(`Left out ${path}: ${reason}`)}\n`);
  const holds = `${count(report.articles, "article")} in ${count(report.passages, "passage")}`;
  return `The index holds ${holds}; ${report.embeddedArticles} embedded anew (${seconds} s).\n`;
}
