import { type InterfaceLanguage, phrasesFor } from "../../answering/phrases.ts";
import type { ImportedFile } from "../../upkeep/import-thread.ts";
import { escapeHtml, fitText } from "../html.ts";
import { IMPORT_TEXTS } from "./import-texts.ts";

/** With these, the longest message stays below Telegram's 4096. */
const TITLES = { lines: 8, chars: 200 };
const REASONS = { lines: 5, chars: 320 };

/**
 * What became of a document, as Telegram HTML: the sums, the titles with what the reader was unsure of, and what was
 * left out. Reasons are English, as everywhere.
 */
export function describeImport(
  name: string,
  { articles, skipped }: Pick<ImportedFile, "articles" | "skipped">,
  language: InterfaceLanguage,
): string {
  const texts = IMPORT_TEXTS[language];
  const paragraphs = articles.reduce((sum, article) => sum + article.paragraphs, 0);
  const titles = articles.flatMap(({ title, isNewVersion, warnings }) => [
    `• ${phrasesFor(language).title(title)}${isNewVersion ? ` (${texts.newVersion})` : ""}`,
    ...warnings.map((warning) => `⚠ ${warning}`),
  ]);
  const reasons = skipped.map((reason) => `• ${reason}`);
  const head =
    articles.length === 0
      ? `⚠ ${texts.nothing(name)}`
      : `✅ ${texts.imported(name, articles.length, paragraphs)}`;
  return [
    escapeHtml(head),
    ...cut(titles, TITLES, texts.more),
    ...(articles.length > 0 && skipped.length > 0 ? [texts.skipped] : []),
    ...cut(reasons, REASONS, texts.more),
  ].join("\n");
}

function cut(lines: readonly string[], most: typeof TITLES, more: (count: number) => string): string[] {
  const shown = lines.slice(0, most.lines).map((line) => fitText(most.chars, line));
  return lines.length > shown.length ? [...shown, `• ${more(lines.length - shown.length)}`] : shown;
}
