import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../../src/store/store.ts";
import { createFindGroups } from "../../../src/telegram/ledger/gap-groups.ts";
import { makeFolder } from "../../index/sample.ts";

test("groups that could not be found are looked for again, and those that were are remembered", async () => {
  const store = openStore(await makeFolder());
  onTestFinished(store.close);
  const question = "西门几点关？";
  store.asked.add({
    ...{ at: 1, surface: "private", chat: 7, topic: null, person: 7, message: 1, ms: 1 },
    ...{ collection: "", language: "en", question, meant: question },
    answer: { kind: "not-found", question, language: "zh", confidence: 0, nearest: [] },
  });
  let asked = 0;
  const groupQuestions = async (questions: readonly string[]) => {
    if (++asked === 1) throw new Error("out of memory");
    return questions.map((_, place) => [place]);
  };
  const findGroups = createFindGroups({ store, groupQuestions });
  await expect(findGroups("")).rejects.toThrow("out of memory");
  for (let look = 0; look < 2; look++) expect(await findGroups("")).toMatchObject([{ question }]);
  expect(asked).toBe(2);
});
