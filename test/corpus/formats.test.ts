import { describe, expect, test } from "vitest";
import { filesOf, measureFormat } from "./formats.ts";

/**
 * What is told beside the text: articles, titles, authors and dates that are exact, and paragraphs that stand in no
 * article. Files whose names begin with "second-" were made before the rules were finished and read afterwards.
 */
const SECOND = "second-";

describe.each(["txt", "md", "html", "docx"])("%s files that rules were made with", (format) => {
  test.each(filesOf(format).filter((name) => !name.startsWith(SECOND)))(
    "%s is read exactly",
    async (name) => {
      expect((await measureFormat(format, [name])).differences).toEqual([]);
    },
  );
});
