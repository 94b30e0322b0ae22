import type { Readable, Writable } from "node:stream";

/** What a command reads from and writes to; the process's own streams or a test's. */
export interface Streams {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  /** Data, and nothing else. */
  readonly stdout: Output;
  /** Everything that is not data: progress, reasons, failures. */
  readonly stderr: Output;
}

export type Output = Writable & { readonly isTTY?: boolean };

/**
 * Writes the text and resolves when the stream has taken it, so that a slow reader slows the command down and
 * every answer is out before the next is sought. Rejects with the stream's error, EPIPE when the reader has gone.
 */
export function write(output: Output, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    output.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** Did whoever read our output leave (`| head`)? */
export function isClosedPipe(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === "EPIPE" || code === "ERR_STREAM_DESTROYED";
}

/**
 * The text with nothing in it that a terminal would obey: control characters other than the line feed and the tab,
 * and the marks that turn the writing direction, become U+FFFD. Texts of articles and questions are not ours.
 */
export function printable(text: string): string {
  return text.replace(/\r\n/g, "\n").replace(/(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, "\uFFFD");
}

/** As `printable`, on one line. */
export function printableLine(text: string): string {
  return printable(text.replace(/\s+/g, " ").trim());
}

/** "1 article", "8 articles". */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}
