import { AppError, messageOf } from "../../errors.ts";

/** What is read of a node; elements have a name. */
export interface HtmlNode {
  readonly nodeType: number;
  readonly textContent: string;
  readonly childNodes: Iterable<HtmlNode>;
}

export interface HtmlElement extends HtmlNode {
  readonly localName: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): HtmlElement | null;
  querySelectorAll(selector: string): Iterable<HtmlElement>;
  removeAttribute(name: string): void;
  remove(): void;
}

export interface HtmlDocument {
  readonly documentElement: HtmlElement;
}

const ELEMENT = 1;
/** Browsers nest no deeper than 512, pages rarely as deep as 60; what compares texts of nested elements takes long. */
const MAX_DEPTH = 250;
const MAX_REASON_CHARS = 120;

/** A document of the page; nothing in it is executed or fetched. The library is loaded with the first page. */
export async function parseHtml(html: string): Promise<HtmlDocument> {
  const { parseHTML } = await import("linkedom");
  const whole = /<(?:html|body)[\s>]/i.test(html) ? html : `<html><head></head><body>${html}</body></html>`;
  const { document } = parseHTML(/<html[\s>]/i.test(whole) ? whole : `<html>${whole}</html>`);
  const page = document as unknown as HtmlDocument;
  // Some systems hide an article until a script has run.
  for (const element of page.documentElement.querySelectorAll("[style*=visibility]")) {
    element.removeAttribute("style");
  }
  checkDepth(page.documentElement);
  return page;
}

function checkDepth(root: HtmlElement): void {
  let level: readonly HtmlNode[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) throw new AppError("is nested too deeply");
    level = level.flatMap((node) => (isElement(node) ? [...node.childNodes] : []));
  }
}

export function isElement(node: HtmlNode): node is HtmlElement {
  return node.nodeType === ELEMENT;
}

/** Whatever the libraries throw about a page becomes a reason. */
export async function withoutSurprise<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError) throw error;
    // What walks a tree calls itself once a level.
    if (error instanceof RangeError) throw new AppError("is nested too deeply", { cause: error });
    throw new AppError(`is damaged: ${messageOf(error).slice(0, MAX_REASON_CHARS)}`, { cause: error });
  }
}
