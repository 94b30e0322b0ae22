import { countUnmapped } from "./characters.ts";
import type { PageText } from "./text-layer.ts";

/** A page of which the fonts say nothing about so many characters is not read. */
const MAX_UNMAPPED = 0.2;

export function isEmpty({ runs, turnedChars }: PageText): boolean {
  return turnedChars === 0 && runs.every(({ text }) => text.trim() === "");
}

export function isUnreadable(page: PageText): boolean {
  return unmappedOf(page) > MAX_UNMAPPED * page.runs.reduce((total, { text }) => total + text.length, 0);
}

/** What of a page is not read, a sentence each. */
export function describeProblems(page: PageText): string[] {
  const { number, turnedChars } = page;
  if (isEmpty(page)) return [`page ${number} has no text; it is a picture, or empty`];
  if (isUnreadable(page)) return [`the fonts of page ${number} give no readable text`];
  const unmapped = unmappedOf(page);
  const turned = `page ${number}: text that runs downwards or is turned was left out (${turnedChars} characters)`;
  const missing = `page ${number}: characters are missing that the fonts do not name (${unmapped})`;
  return [...(turnedChars > 0 ? [turned] : []), ...(unmapped > 0 ? [missing] : [])];
}

function unmappedOf({ runs }: PageText): number {
  return runs.reduce((total, { text }) => total + countUnmapped(text), 0);
}
