/** One line of input, without its line end. */
export interface InputLine {
  readonly text: string;
  /** The line was longer than `maxChars` and is cut there. */
  readonly cut: boolean;
}

/**
 * The lines of a stream of UTF-8: divided at line feeds, a carriage return before one belonging to it; the last one
 * counts without a line feed too. Invalid bytes become U+FFFD, a byte order mark is dropped. Of a line only the
 * first `maxChars` UTF-16 units are kept, so that no line can exhaust the memory.
 */
export async function* readLines(
  input: AsyncIterable<Uint8Array | string>,
  maxChars: number,
): AsyncGenerator<InputLine> {
  const decoder = new TextDecoder();
  let kept = "";
  let length = 0;
  const add = (part: string): void => {
    // One unit more than asked for: whether a carriage return ends the line is known only at its end.
    kept += part.slice(0, maxChars + 1 - kept.length);
    length += part.length;
  };
  const take = (): InputLine => {
    const whole = kept.length === length ? kept.replace(/\r$/, "") : kept;
    // Half a surrogate pair at the cut would not survive being written as UTF-8.
    const text = whole.slice(0, maxChars).replace(/\p{Cs}$/u, "");
    const cut = whole.length > maxChars;
    kept = "";
    length = 0;
    return { text, cut };
  };
  for await (const chunk of input) {
    const text = typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      add(text.slice(start, end));
      yield take();
      start = end + 1;
    }
    add(text.slice(start));
  }
  add(decoder.decode());
  if (length > 0) yield take();
}
