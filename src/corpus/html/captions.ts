import { readLine } from "./blocks.ts";
import { type HtmlDocument, parseHtml } from "./parse.ts";

const CAPTIONS =
  "figcaption, [class*=pic-desc], [class*=img-desc], [class*=photo-desc], [class*=pic-caption], [class*=img-caption], [class*=photo-caption], [class*=caption-text]";
/** Nothing longer is a caption. */
const MAX_CHARS = 200;

/** A document of the page without what stands under its pictures, amid a text, and those captions. */
export async function parsePage(
  html: string,
): Promise<{ document: HtmlDocument; captions: readonly string[] }> {
  const document = await parseHtml(html);
  const captions: string[] = [];
  for (const element of [...document.documentElement.querySelectorAll(CAPTIONS)]) {
    const text = readLine(element);
    if (text.length > MAX_CHARS) continue;
    if (text !== "") captions.push(text);
    element.remove();
  }
  return { document, captions };
}

/** Readers tell what they left out. */
export function describeCaptions(captions: readonly string[]): string[] {
  const [first] = captions;
  if (first === undefined) return [];
  const more = captions.length > 1 ? ` and ${captions.length - 1} more` : "";
  return [`left out the caption “${first.slice(0, 30)}”${more}`];
}
