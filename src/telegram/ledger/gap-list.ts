import { InlineKeyboard } from "grammy";
import type { InterfaceLanguage } from "../../answering/phrases.ts";
import { escapeHtml, fitText } from "../html.ts";
import { addPageButtons } from "../page-buttons.ts";
import type { GapGroup } from "./gap-groups.ts";
import { GAP_PHRASES } from "./gap-phrases.ts";

/** Groups on one page; with questions of this length a page fits into a message. */
const PAGE = 8;
const MAX_QUESTION_CHARS = 200;
/** Names of collections come from the operator's folders; more than these are not named. */
const MAX_NAMED = 10;
const MAX_NAME_CHARS = 60;

interface Gaps {
  readonly groups: readonly GapGroup[];
  /** The collection of the groups. */
  readonly collection: string;
  /** How many questions are open in each collection. */
  readonly counts: readonly { readonly collection: string; readonly count: number }[];
}

/** A page of groups, each with a button that opens it; counted from 0, the last one where there are fewer. */
export function gapList(
  { groups, collection, counts }: Gaps,
  wanted: number,
  language: InterfaceLanguage,
): { readonly html: string; readonly keyboard: InlineKeyboard } {
  const phrases = GAP_PHRASES[language];
  const pages = Math.max(1, Math.ceil(groups.length / PAGE));
  const page = Math.min(wanted, pages - 1);
  const shown = groups.slice(page * PAGE, (page + 1) * PAGE);
  const keyboard = new InlineKeyboard();
  for (const [i, { gaps }] of shown.entries()) {
    keyboard.text(String(page * PAGE + i + 1), `gap:o:${gaps[0]!.id.toString(36)}`);
    if (i % 4 === 3) keyboard.row();
  }
  keyboard.row();
  const anchor = groups[0]?.gaps[0]?.id.toString(36);
  addPageButtons(keyboard, page, pages, (other) => `gap:l:${other}:${anchor}`);

  const nameOf = (name: string) => fitText(MAX_NAME_CHARS, name === "" ? phrases.defaultName : name);
  const others = counts
    .filter((one) => one.collection !== collection)
    .slice(0, MAX_NAMED)
    .map((one) => `${nameOf(one.collection)} (${one.count})`);
  const heading = `${phrases.heading}${counts.length > 1 ? ` · ${nameOf(collection)}` : ""}`;
  const parts = [
    shown.length > 0 ? `<b>${heading}</b>` : phrases.none,
    ...shown.map((group, i) => `<b>${page * PAGE + i + 1}.</b> ${groupLine(group, language)}`),
    ...(others.length > 0 ? [phrases.elsewhere(others.join(language === "en" ? ", " : "、"))] : []),
  ];
  return { html: parts.join("\n\n"), keyboard };
}

/** What a group asks, and below it how often, when and in which languages. */
export function groupLine(
  { question, askers, gaps, latest, languages }: GapGroup,
  language: InterfaceLanguage,
): string {
  const names = new Intl.DisplayNames(language, { type: "language" });
  const date = new Intl.DateTimeFormat(language, { month: "short", day: "numeric" }).format(latest);
  const details = [
    GAP_PHRASES[language].counts(askers, gaps.length),
    date,
    ...languages.slice(0, MAX_NAMED).map((tag) => names.of(tag) ?? tag),
  ];
  return `${fitText(MAX_QUESTION_CHARS, question.replace(/\s+/g, " "))}\n<i>${escapeHtml(details.join(" · "))}</i>`;
}
