import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLog, createRedactor, jsonLine, type LogLevel } from "../src/log.ts";

const TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOpp_-9";

function logOf(secrets: readonly string[] = [], level: LogLevel = "debug") {
  const lines: string[] = [];
  const now = () => new Date("2025-01-02T03:04:05Z");
  const log = createLog({ level, write: (line) => lines.push(line), secrets, now });
  return { log, lines, first: () => JSON.parse(lines[0] ?? "null") };
}

describe("createLog", () => {
  it("writes time, level, event and fields as one line of JSON", () => {
    const { log, lines } = logOf();
    log.info("update handled", { chat: 7, text: "two\nlines" });
    expect(lines).toEqual([
      '{"time":"2025-01-02T03:04:05.000Z","level":"info","event":"update handled","chat":7,"text":"two\\nlines"}\n',
    ]);
  });

  it("writes nothing below its level", () => {
    const { log, lines } = logOf([], "warn");
    log.debug("a");
    log.info("b");
    log.warn("c");
    log.error("d");
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(["c", "d"]);
  });

  it("keeps time, level and event from being replaced by a field", () => {
    const { log, first } = logOf();
    log.warn("kept", { event: "forged", level: "debug", time: 0 });
    expect(first()).toEqual({ time: "2025-01-02T03:04:05.000Z", level: "warn", event: "kept" });
  });

  it("writes an error with its message, stack, code and causes", () => {
    const { log, first } = logOf();
    const cause = Object.assign(new TypeError("socket hang up"), { code: "ECONNRESET" });
    log.error("call failed", { error: new Error("getUpdates failed", { cause }) });
    expect(first().error).toMatch(
      /^Error: getUpdates failed\n +at .*log\.test\.ts[\s\S]*cause.*TypeError: socket hang up[\s\S]*code: 'ECONNRESET'/,
    );
  });

  it("writes circular values, BigInt, throwing getters, dates and proxies", () => {
    const { log, first } = logOf();
    const circle: Record<string, unknown> = { big: 2n ** 70n, at: new Date(0) };
    circle.self = circle;
    Object.defineProperty(circle, "broken", { enumerable: true, get: () => fail() });
    log.info("odd", { circle, proxy: new Proxy({}, { ownKeys: () => fail(), get: () => fail() }) });
    expect(first().circle).toMatch(/1180591620717411303424n[\s\S]*1970-01-01T00:00:00\.000Z[\s\S]*Circular/);

    function fail(): never {
      throw new Error("getter");
    }
  });

  it("lets no token through: in texts, addresses, keys, stacks, causes or the event", () => {
    const { log, lines } = logOf([TOKEN]);
    const cause = new Error(`fetch https://api.telegram.org/bot${TOKEN}/getMe failed`);
    log.error(`event ${TOKEN}`, {
      error: new Error(`wrapped ${TOKEN}`, { cause }),
      [TOKEN]: [{ deep: new URL(`https://example.org/bot${TOKEN}/getMe`) }],
      encoded: encodeURIComponent(TOKEN),
    });
    expect(lines.join("")).not.toContain(TOKEN.slice(12, 30));
    expect(lines.join("")).toContain("/bot[redacted]/getMe");
  });

  it("hides what looks like a bot token even when nobody named it a secret", () => {
    const { log, first } = logOf();
    log.warn("seen", { text: `bot${TOKEN} and 12:30` });
    expect(first().text).toBe("bot[redacted] and 12:30");
  });

  it("writes one parsable line without the secret, whatever the fields are", () => {
    const secretArbitrary = fc.stringMatching(/^[A-Za-z0-9:_$.*+-]{8,40}$/);
    // The secret must not happen to stand in what every line holds.
    const frame = "2025-01-02t03:04:05.000z [redacted] [circular] [unreadable]";
    fc.assert(
      fc.property(
        secretArbitrary,
        fc.string(),
        fc.string(),
        fc.anything(),
        (secret, before, after, other) => {
          fc.pre(!frame.includes(secret.toLowerCase()));
          const { log, lines } = logOf([secret]);
          const text = `${before}${secret}${after}`;
          const nested = { list: [{ text }], [text]: 1, map: new Map([[secret, text]]) };
          log.error(text, { text, nested, error: new Error(text, { cause: text }), other });
          expect(lines).toHaveLength(1);
          expect(lines[0]).toMatch(/^[^\n]+\n$/);
          expect(JSON.parse(lines[0]!)).toBeTypeOf("object");
          expect(lines[0]).not.toContain(secret);
        },
      ),
    );
  });
});

describe("createRedactor", () => {
  it("covers a secret that begins with another one whole", () => {
    expect(createRedactor(["abc", "abcdef"])("abcdef abc")).toBe("[redacted] [redacted]");
  });

  it("knows a secret that is percent-encoded, wholly or in part, or broken into lines", () => {
    const secret = "sk-local:key/0123456789=";
    const redact = createRedactor([secret]);
    const half = [secret.slice(0, 9), secret.slice(9)] as const;
    for (const written of [
      encodeURIComponent(secret),
      encodeURIComponent(encodeURIComponent(secret)).replaceAll("%25", "%"),
      [...secret].map((character) => `%${character.charCodeAt(0).toString(16)}`).join(""),
      half.join("\n"),
      half.join("\r\n   "),
      half.join("\\n' +\n  '"),
      JSON.stringify(half.join("\n")).slice(1, -1),
      [...secret].join("\n"),
    ])
      expect(redact(`a ${written} b`)).toBe("a [redacted] b");
  });

  it("takes no longer for texts that nearly hold a secret over and over", () => {
    const redact = createRedactor([`a${"'+".repeat(20)}b`, `${"a".repeat(50)}b`]);
    const start = performance.now();
    redact(`${"a".repeat(20_000)}${"'+ ".repeat(5_000)}${"a \n".repeat(5_000)}${"%61%0a".repeat(5_000)}`);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it("hides the name and password in an address, also where the password holds an @", () => {
    const redact = createRedactor([]);
    expect(redact("http://me:pa@55@host:81/x failed, https://me@host/a@b")).toBe(
      "http://[redacted]@host:81/x failed, https://[redacted]@host/a@b",
    );
  });

  it("changes nothing when there is nothing to hide", () => {
    expect(createRedactor([""])("a plain text, 10:30")).toBe("a plain text, 10:30");
  });
});

describe("jsonLine", () => {
  it("is one line to every reader and means the same", () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.string({ unit: fc.constantFrom("\u0085", "\u2028", "\u009b", "\u202e", "\u2069", "\n", "矿") }),
        (value, text) => {
          const line = jsonLine({ value, text });
          // What Python's splitlines and Unicode take for the end of a line, and what turns the line.
          expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
          expect(line.endsWith("}\n")).toBe(true);
          expect(JSON.stringify(JSON.parse(line))).toBe(JSON.stringify({ value, text }));
        },
      ),
    );
  });
});
