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
 * A log of JSON lines: `time` (ISO 8601), `level`, `event`, then the fields. It never throws, whatever the fields
 * are: circular values, throwing getters and BigInt are written as text. Errors keep message, stack and cause.
 */
export function createLog(options: LogOptions): Log {
  const redact = createRedactor(options.secrets);
  const least = LOG_LEVELS.indexOf(options.level);
  const at =
    (level: LogLevel) =>
    (event: string, fields: Record<string, unknown> = {}): void => {
      if (LOG_LEVELS.indexOf(level) < least) return;
      const head = { time: options.now().toISOString(), level, event: redact(event) };
      // A field cannot take the place of time, level or event.
      const line = { ...head, ...(plain(fields, redact, []) as object), ...head };
      options.write(`${JSON.stringify(line)}\n`);
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** A function that puts `[redacted]` in place of every secret, of whatever looks like a bot token, and of credentials in addresses. */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  // encodeURIComponent throws on half a surrogate pair.
  const encoded = secrets.map((secret) => encodeURIComponent(secret.replace(/\p{Cs}/gu, "\uFFFD")));
  const literals = [...new Set([...secrets, ...encoded])]
    .filter((secret) => secret !== "")
    // The longest first, so that a secret which begins with another one is covered whole.
    .sort((a, b) => b.length - a.length)
    .map((secret) => secret.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp([...literals, BOT_TOKEN, URL_CREDENTIALS].join("|"), "gi");
  return (text) => text.replace(pattern, "[redacted]");
}

/** The value as JSON can hold it, every text in it redacted. `above` are the objects it lies in. */
function plain(value: unknown, redact: (text: string) => string, above: readonly object[]): unknown {
  if (typeof value === "string") return redact(value);
  if (typeof value === "bigint" || typeof value === "symbol") return redact(String(value));
  if (typeof value === "number") {
    const text = redact(String(value));
    return text === String(value) ? value : text;
  }
  if (typeof value !== "object" || value === null) return typeof value === "function" ? "[function]" : value;
  if (above.includes(value)) return "[circular]";
  if (above.length >= MAX_DEPTH) return "[deep]";
  const inside = [...above, value];
  try {
    if (value instanceof Date || value instanceof URL) return redact(String(value.toJSON()));
    if (ArrayBuffer.isView(value)) return `[${value.constructor.name} of ${value.byteLength} bytes]`;
    if (Array.isArray(value)) return value.map((item) => plain(item, redact, inside));
    if (value instanceof Map || value instanceof Set)
      return [...value].map((item) => plain(item, redact, inside));
    const own = Object.keys(value).map((key) => [key, read(value, key)] as const);
    const entries = value instanceof Error ? [...errorEntries(value), ...own] : own;
    return Object.fromEntries(entries.map(([key, item]) => [redact(key), plain(item, redact, inside)]));
  } catch (error) {
    // A proxy or a broken prototype: the line is worth more than this one value.
    return redact(`[unreadable: ${String(error)}]`);
  }
}

function errorEntries(error: Error): [string, unknown][] {
  const entries: [string, unknown][] = ["name", "message", "stack"].map((key) => [key, read(error, key)]);
  // Own properties, but hidden from Object.keys.
  if (error.cause !== undefined) entries.push(["cause", error.cause]);
  if (error instanceof AggregateError) entries.push(["errors", error.errors]);
  return entries;
}

function read(object: object, key: string): unknown {
  try {
    return Reflect.get(object, key);
  } catch {
    // A getter that throws costs its own field only.
    return "[unreadable]";
  }
}
