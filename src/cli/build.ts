import { count, type Streams, write } from "./output.ts";
import { type Progress, showProgress } from "./progress.ts";

export type ReportProgress = Progress["report"];

export interface IndexReport {
  readonly articles: number;
  readonly passages: number;
  /** Passages whose embeddings had to be computed; the others were taken over. */
  readonly embedded: number;
  readonly elapsedMs: number;
}

export interface IndexPartners extends Pick<Streams, "stdout" | "stderr"> {
  readonly buildIndex: (onProgress: ReportProgress) => Promise<IndexReport>;
}

/** `index`: builds the index of the corpus, or brings it up to date. */
export async function runIndex({ buildIndex, stdout, stderr }: IndexPartners): Promise<number> {
  const progress = showProgress(stderr, "Indexing");
  const report = await buildIndex(progress.report).finally(progress.end);
  await write(stdout, describeIndex(report));
  return 0;
}

/** One sentence about an index that was built. */
export function describeIndex({ articles, passages, embedded, elapsedMs }: IndexReport): string {
  const seconds = (elapsedMs / 1000).toFixed(1);
  const holds = `${count(articles, "article")} in ${count(passages, "passage")}`;
  return `The index holds ${holds}, ${embedded} embedded anew (${seconds} s).\n`;
}
