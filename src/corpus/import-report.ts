import type { Skipped } from "./find-files.ts";
import type { ImportPlan, PlannedArticle } from "./plan-import.ts";

/** What `import --json` prints; other programs rely on it. */
export interface ImportReport {
  readonly articles: readonly ReportedArticle[];
  readonly skipped: readonly Skipped[];
}

export interface ReportedArticle
  extends Pick<PlannedArticle, "title" | "authors" | "paragraphs" | "source" | "publishedAt" | "page"> {
  readonly id: string;
  readonly repairs: number;
  /** Absent for the default collection. */
  readonly collection?: string;
  /** Absent where there are none. */
  readonly warnings?: readonly string[];
  readonly sameAs?: string;
  readonly replaces?: string;
  readonly keeps?: string;
  readonly near?: { readonly id: string; readonly resemblance: number };
}

/** The plan as other programs read it: fields that say nothing are left out. */
export function reportImport({ articles, skipped, collection }: ImportPlan): ImportReport {
  return {
    articles: articles.map(({ text: _, imported: __, repairs = 0, warnings, near, ...article }) => ({
      ...article,
      repairs,
      ...(collection === "" ? {} : { collection }),
      ...(warnings.length === 0 ? {} : { warnings }),
      ...(near ? { near: { ...near, resemblance: Math.round(near.resemblance * 100) / 100 } } : {}),
    })),
    skipped,
  };
}
