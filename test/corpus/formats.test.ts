import { describe, expect, test } from "vitest";
import { filesOf, measureFormat } from "./formats.ts";

/** Files whose names begin with these were made after the rules, and read only when a round of rules was finished. */
const UNSEEN = /^(?:second|third)-/;

/**
 * Of the unseen files. When they were first read, 10 of 12 titles, 10 of 12 authors, 11 of 12 dates and all of 38
 * paragraphs of the second batch were exact, with 5 paragraphs too many; of the third 10 of 12, 9 of 12, 12 of 12 and
 * 51 of 52, with 6 too many. Since, rules have been mended with them; what is missing is in the figures below.
 */
const LEAST = {
  txt: { titles: 4, authors: 5, dates: 5, exact: 18, surplus: 0 },
  md: { titles: 4, authors: 4, dates: 4, exact: 14, surplus: 0 },
  html: { titles: 7, authors: 5, dates: 7, exact: 29, surplus: 3 },
  docx: { titles: 8, authors: 6, dates: 7, exact: 28, surplus: 2 },
};

describe.each(["txt", "md", "html", "docx"] as const)("%s files", (format) => {
  test.each(filesOf(format).filter((name) => !UNSEEN.test(name)))("%s is read exactly", async (name) => {
    expect((await measureFormat(format, [name])).differences).toEqual([]);
  });

  test("unseen ones are read as well as was measured", async () => {
    const { surplus: most, ...least } = LEAST[format];
    const { extra, surplus, differences, ...figures } = await measureFormat(
      format,
      filesOf(format).filter((name) => UNSEEN.test(name)),
    );
    expect(extra).toBe(0);
    expect(surplus, differences.join("\n")).toBeLessThanOrEqual(most);
    for (const [what, count] of Object.entries(least)) {
      expect(
        figures[what as keyof typeof figures],
        `${what}: ${differences.join("\n")}`,
      ).toBeGreaterThanOrEqual(count);
    }
  });
});
