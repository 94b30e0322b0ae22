import type { ReportedArticle } from "../corpus/import-report.ts";
import { count, printableLine } from "./output.ts";
import type { Style } from "./render.ts";

/** What is imported, or would be: a line an article, and below it a line for each of its warnings. */
export function renderImport(fresh: readonly ReportedArticle[], isDryRun: boolean, style: Style): string {
  const verb = isDryRun ? "Would import" : "Imported";
  const lines = fresh.flatMap((article) => [
    `  ${describeArticle(article, isDryRun, style)}\n`,
    ...(article.warnings ?? []).map((warning) => `    ${style.yellow(`! ${printableLine(warning)}`)}\n`),
  ]);
  const replaced = fresh.filter(({ replaces }) => replaces !== undefined).length;
  const note = replaced > 0 ? `, ${replaced} replaced` : "";
  return `${verb} ${count(fresh.length, "article")}${note}${lines.length > 0 ? ":" : "."}\n${lines.join("")}`;
}

/** The sums in one line, and after a dry run what to do. */
export function summariseImport(
  fresh: readonly ReportedArticle[],
  skipped: number,
  isDryRun: boolean,
): string {
  const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
  const warnings = sum(fresh.map((article) => article.warnings?.length ?? 0));
  const parts = [
    count(fresh.length, "article"),
    count(sum(fresh.map(({ paragraphs }) => paragraphs.length)), "paragraph"),
    ...(warnings > 0 ? [count(warnings, "warning")] : []),
  ];
  const left = skipped > 0 ? `; ${skipped} skipped` : "";
  const advice = isDryRun ? " Nothing was written; run it without --dry-run to import." : "";
  return `${parts.join(", ")}${left}.${advice}\n`;
}

function describeArticle(article: ReportedArticle, isDryRun: boolean, style: Style): string {
  const { title, authors, publishedAt, page, paragraphs, repairs, replaces } = article;
  const isNew = replaces === undefined;
  const facts = [
    ...(authors.length > 0 ? [`by ${authors.map(printableLine).join("、")}`] : []),
    ...(publishedAt === undefined ? [] : [publishedAt]),
    ...(page === undefined ? [] : [`page ${page}`]),
    count(paragraphs.length, "paragraph"),
    ...(repairs > 0 ? [count(repairs, "repair")] : []),
    ...(isNew ? [] : [style.yellow(`replaces ${printableLine(replaces)}`)]),
    ...(isNew && isDryRun ? [style.green("new")] : []),
  ];
  return `${style.bold(`《${printableLine(title)}》`)}, ${facts.join(", ")}`;
}
