import { inspect } from "node:util";

export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What happened, as a short lower-case phrase ("update handled"), and the values of this one time beside it. */
export interface Log {
  debug(event: string, fields?: Record<string, unknown>): void;
  info(event: string, fields?: Record<string, unknown>): void;
  warn(event: string, fields?: Record<string, unknown>): void;
  error(event: string, fields?: Record<string, unknown>): void;
}

export interface LogOptions {
  /** The least level that is written. */
  readonly level: LogLevel;
  /** Takes one line, line feed included. */
  readonly write: (line: string) => void;
  /** Values that must never be written, such as the bot token. */
  readonly secrets: readonly string[];
  readonly now: () => Date;
}

/** How bot tokens look, also within a percent-encoded address. */
const BOT_TOKEN = String.raw`\d{6,}(?::|%3A)[A-Za-z0-9_-]{30,}`;
/** Name and password in an address. */
const URL_CREDENTIALS = String.raw`(?<=://)[^/?#\s]+(?=@)`;
/** Deeper values are cut: nothing worth reading lies below, and a hostile payload must not fill the disk. */
const MAX_DEPTH = 8;

/**
 * A log of JSON lines: `time` (ISO 8601), `level`, `event`, then the fields. Texts, numbers and
 * truth values stand as they are; anything else, such as an error with its stack and causes, as the text Node shows
 * for it, which circular values, BigInt and throwing getters do not break.
 */
export function createLog(options: LogOptions): Log {
  const redact = createRedactor(options.secrets);
  const least = LOG_LEVELS.indexOf(options.level);
  const at =
    (level: LogLevel) =>
    (event: string, fields: Record<string, unknown> = {}): void => {
      if (LOG_LEVELS.indexOf(level) < least) return;
      const head = { time: options.now().toISOString(), level, event: redact(event) };
      const entries = Object.entries(fields).map(([name, value]) => [redact(name), plain(value, redact)]);
      // A field cannot take the place of time, level or event.
      options.write(jsonLine({ ...head, ...Object.fromEntries(entries), ...head }));
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/**
 * The value on one line, line feed included. Besides what JSON must escape, it escapes what some readers take for
 * a line's end (Python's `splitlines`: U+0085, U+2028, U+2029), and what a terminal obeys: U+007F to U+009F, and the
 * marks that turn the writing direction.
 */
export function jsonLine(value: unknown): string {
  const escaped = JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `${escaped}\n`;
}

/**
 * A function that puts `[redacted]` in place of every secret, of whatever looks like a bot token, and of credentials in
 * addresses. A secret of twelve characters and more is known too where it is percent-encoded or broken into lines.
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const literals = [...new Set(secrets)]
    .filter((secret) => secret !== "")
    // The longest first, so that a secret which begins with another one is covered whole.
    .sort((a, b) => b.length - a.length)
    .flatMap((secret) => [escapeRegExp(secret), ...otherwise(secret)]);
  const pattern = new RegExp([...literals, BOT_TOKEN, URL_CREDENTIALS].join("|"), "gi");
  return (text) => text.replace(pattern, "[redacted]");
}

/** Of nothing that a break between its characters could be taken for, so that a pattern of it takes linear time. */
const MAY_BE_BROKEN = /^[\w.~:/=@#$!*-]{12,}$/;
/** A line's end and what a program puts around it: white space, quotation marks and a plus sign, or JSON's escape. */
const BREAK = String.raw`(?:[\s'"+]|\\[nrt]|%0[ad]){0,20}`;

/** Patterns of what else a secret may be written as. */
function otherwise(secret: string): string[] {
  // encodeURIComponent throws on half a surrogate pair.
  if (!MAY_BE_BROKEN.test(secret))
    return [escapeRegExp(encodeURIComponent(secret.replace(/\p{Cs}/gu, "\uFFFD")))];
  const characters = [...secret].map(
    (character) => `(?:${escapeRegExp(character)}|%${character.charCodeAt(0).toString(16)})`,
  );
  return [characters.join(BREAK)];
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The value as JSON can hold it, without secrets. */
function plain(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === "boolean" || value === null || value === undefined) return value;
  const text = redact(
    typeof value === "string" ? value : inspect(value, { depth: MAX_DEPTH, customInspect: false }),
  );
  return typeof value === "number" && text === String(value) ? value : text;
}
