import { type InterfaceLanguage, interfaceLanguage } from "../../answering/phrases.ts";
import type { BotPartners } from "../context.ts";
import { mainLanguage } from "./answer-gap.ts";

/**
 * The language for an admin who has not just said anything, so that Telegram does not tell it: the one that they chose,
 * that of their last question, or that of the articles.
 */
export async function adminLanguage(
  admin: number,
  { store, library }: Pick<BotPartners, "store" | "library">,
): Promise<InterfaceLanguage> {
  const known = store.people.language(admin) ?? store.asked.languageOf(admin);
  return known === undefined ? mainLanguage(library.defaultCollection, library) : interfaceLanguage(known);
}
