import type { BuildReport } from "../index/build.ts";
import { count, type Output, type Streams, write } from "./output.ts";
import { type ReportProgress, withProgress } from "./progress.ts";

export type { ReportProgress };

export type BuildIndex = (
  onProgress: ReportProgress,
) => Promise<Pick<BuildReport, "articles" | "passages" | "embeddedArticles">>;

export interface IndexPartners extends Pick<Streams, "stdout" | "stderr"> {
  readonly buildIndex: BuildIndex;
}

/** `index`: builds the index of the corpus, or brings it up to date. */
export async function runIndex({ buildIndex, stdout, stderr }: IndexPartners): Promise<number> {
  await write(stdout, await buildAndDescribe(buildIndex, stderr));
  return 0;
}

/** Builds with the progress shown on `stderr`; gives one sentence about the index. */
export async function buildAndDescribe(buildIndex: BuildIndex, stderr: Output): Promise<string> {
  const startMs = performance.now();
  const report = await withProgress(stderr, "Indexing", buildIndex);
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  const holds = `${count(report.articles, "article")} in ${count(report.passages, "passage")}`;
  return `The index holds ${holds}; ${report.embeddedArticles} embedded anew (${seconds} s).\n`;
}
