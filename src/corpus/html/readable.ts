import type { HtmlDocument, HtmlElement } from "./parse.ts";

/** Chinese says in this many characters what the default's 500 say in English. */
const SHORT_TEXT_CHARS = 150;
/** The library compares every element with others; a page of more is taken as a whole. */
const MAX_ELEMENTS = 20_000;

/** The element that holds a page's article; undefined where none stands out. The document is used up. */
export async function findReadable(document: HtmlDocument): Promise<HtmlElement | undefined> {
  let count = 0;
  for (const _ of document.documentElement.querySelectorAll("*")) count++;
  if (count > MAX_ELEMENTS) return undefined;
  const { Readability } = await import("@mozilla/readability");
  const readability = new Readability<HtmlElement>(document as never, {
    charThreshold: SHORT_TEXT_CHARS,
    keepClasses: true,
    serializer: (node) => node as unknown as HtmlElement,
  });
  try {
    return readability.parse()?.content ?? undefined;
  } catch (error) {
    if (error instanceof RangeError) throw error;
    // The library stumbles over pages whose head or body is missing; their text is read all the same.
    return undefined;
  }
}
