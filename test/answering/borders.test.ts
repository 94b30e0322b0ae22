import fc from "fast-check";
import { expect, test } from "vitest";
import {
  cutWords,
  itemsOf,
  type Relevance,
  readingsOf,
  scoreReading,
  settle,
} from "../../src/answering/borders.ts";
import { findEnumerations } from "../../src/answering/enumerations.ts";
import { makeArticle, shippedArticles } from "../index/sample.ts";

/** Every reading is weighed for the question, as the words of the question would have it. */
function settlePlainly(cut: ReturnType<typeof cutWords>, relevance: Relevance) {
  let best: { items: ReturnType<typeof itemsOf>; score: number } | undefined;
  for (const reading of readingsOf(cut, relevance)) {
    const score = scoreReading(reading);
    if (best === undefined || score > best.score) best = { items: itemsOf(reading), score };
  }
  return best;
}

test("the readings that are kept in mind hold the best one, whatever the words say of the question", async () => {
  const articles = [
    ...(await shippedArticles()),
    // More ways to read it than are kept in mind.
    makeArticle("many", "Many", `${"A, b, and c, and d, e or f, ".repeat(8)}g.`),
    makeArticle(
      "shop",
      "小店",
      "店里卖苹果、梨和葡萄等水果，还有书包、铅笔与橡皮。该市包括东区、西区以及新城三个区，分别由老王、小李负责。",
    ),
    makeArticle(
      "store",
      "A store",
      "The shop sells apples, pears, and plums. Anna and Ben, Carl or Dora came, such as bread, milk and tea, etc.",
    ),
  ];
  const cuts = articles.flatMap(findEnumerations).map(cutWords);
  expect(cuts.length).toBeGreaterThan(50);
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 9 }),
      (shares) => {
        const relevance = (word: string) =>
          shares[[...word].reduce((sum, letter) => sum * 31 + letter.codePointAt(0)!, 7) % shares.length]!;
        for (const cut of cuts) {
          const settled = settle(cut, relevance);
          const plain = settlePlainly(cut, relevance);
          expect(settled && { items: settled.items, score: settled.score }).toEqual(plain);
        }
      },
    ),
    { numRuns: 15 },
  );
});
