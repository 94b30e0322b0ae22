import { describe, expect, it } from "vitest";
import type { Rooms } from "../../src/cli/session.ts";
import { capture, run, start } from "./stand-ins.ts";

const buildIndex: Rooms["buildIndex"] = async (_, report) => {
  for (let done = 0; done <= 100; done++) report(done, 100);
  const problems = [{ path: "a.md", reason: "is no\narticle" }];
  return { articles: 1, passages: 100, embeddedArticles: 1, problems };
};

describe("index", () => {
  it("says what the index holds and lacks, and its progress in few plain lines without a terminal", async () => {
    const { code, out, err } = await run(["index"], { rooms: { buildIndex } });
    expect(code).toBe(0);
    expect(out).toMatch(/^The index holds 1 article in 100 passages; 1 embedded anew \(0\.\d s\)\.\n$/);
    const lines = err.trimEnd().split("\n");
    expect(lines.slice(0, 2)).toEqual(["Indexing: 10 of 100", "Indexing: 20 of 100"]);
    expect(lines.slice(10)).toEqual(["Left out a.md: is no article"]);
  });

  it("fails where no article is left, after it has said why", async () => {
    const nothing: Rooms["buildIndex"] = async () => {
      const problems = [{ path: "a.md", reason: "is no article" }];
      return { articles: 0, passages: 0, embeddedArticles: 0, problems };
    };
    const { code, out, err } = await run(["index", "--corpus", "mine"], { rooms: { buildIndex: nothing } });
    expect(code).toBe(1);
    expect(out).toMatch(/^The index holds 0 articles in 0 passages; /);
    expect(err).toMatch(
      /^Left out a\.md: is no article\nwenbao: No article was found in \/caller\/mine, .*"npm run import -- PATH --corpus mine"/,
    );
  });

  it("draws a bar on a terminal and removes it, also when the build fails", async () => {
    const stderr = capture({ isTTY: true });
    const failing: Rooms["buildIndex"] = async (config, report) => {
      await buildIndex(config, report);
      throw new Error("disk full");
    };
    expect(await start(["index"], { host: { stderr }, rooms: { buildIndex: failing } }).ended).toBe(1);
    expect(stderr.text()).toContain("█".repeat(15) + "░".repeat(15));
    expect(stderr.text()).toContain("100/100\r\u001b[2Kwenbao: disk full");
  });
});
