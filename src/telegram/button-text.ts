/** Longer ones are cut by Telegram's apps in any case. */
const MAX_CHARS = 60;

/** A text from an article as the words of a button: one line, never empty. */
export function buttonText(text: string): string {
  const line = text
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  if (line === "") return "…";
  const characters = [...line];
  return characters.length <= MAX_CHARS ? line : `${characters.slice(0, MAX_CHARS - 1).join("")}…`;
}
