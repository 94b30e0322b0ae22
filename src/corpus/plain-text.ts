import { readAuthorLine, readByline, readNameLine, readOpening, readPostLine } from "./bylines.ts";

/** What the first words of a text may give as its title where it has none. */
const MAX_MADE_TITLE_CHARS = 30;

export interface PlainText {
  readonly title: string;
  readonly authors: readonly string[];
  readonly paragraphs: readonly string[];
}

/** The article of a text whose every line is a paragraph; a first line that is no sentence is its title. */
export function readPlainText(lines: readonly string[]): PlainText {
  const hasTitle = lines.length > 1 && !/[。！？…!?.][”’」』）)"']*$/u.test(lines[0]!);
  const body = hasTitle ? lines.slice(1) : lines;
  return { title: hasTitle ? lines[0]! : makeTitle(body[0]!), ...takeAuthors(body) };
}

/** A text's paragraphs, and whom the line under its title, its opening or its last line names as its authors. */
export function takeAuthors(lines: readonly string[]): Omit<PlainText, "title"> {
  const [line = "", ...rest] = lines.flatMap((text, index) =>
    index === 0 ? text.split(/\n(.*)/s, 2) : text,
  );
  const first =
    rest.length > 0 ? (readAuthorLine(line) ?? readNameLine(line) ?? readPostLine(line)) : undefined;
  const paragraphs = first ? rest : [...lines];
  const above = [...(first ?? []), ...readOpening(paragraphs[0] ?? "")];
  const end = paragraphs.at(-1) ?? "";
  const last = readByline(end) ?? { text: "", authors: readAuthorLine(end) };
  if (!last.authors || (last.text === "" && paragraphs.length === 1)) {
    return { authors: [...new Set(above)], paragraphs };
  }
  paragraphs.splice(-1, 1, ...(last.text === "" ? [] : [last.text]));
  return { authors: [...new Set([...above, ...last.authors])], paragraphs };
}

/** A title for a text that has none; "" where its paragraph is nothing but marks. */
export function makeTitle(paragraph: string): string {
  const clause = paragraph.split(/[。！？；]/u).find((part) => part.trim() !== "") ?? "";
  return clause.slice(0, MAX_MADE_TITLE_CHARS);
}
