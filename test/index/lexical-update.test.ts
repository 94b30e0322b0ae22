import fc from "fast-check";
import { expect, test } from "vitest";
import { buildLexicalData } from "../../src/index/lexical.ts";
import { updateLexicalData } from "../../src/index/lexical-update.ts";

const terms = fc.array(fc.constantFrom("矿山", "安全", "constructor", "a", "ab", "b", ""), { maxLength: 8 });

test("an update gives what inverting every passage anew gives, whatever was added, removed or moved", () => {
  fc.assert(
    fc.property(
      fc.array(terms, { maxLength: 8 }),
      fc.array(fc.oneof(fc.nat(7), terms), { maxLength: 8 }),
      (before, wanted) => {
        // A passage of the build before stands in the new one once at most.
        const taken = new Set<number>();
        const rows = Int32Array.from(wanted, (one) => {
          if (typeof one !== "number" || one >= before.length || taken.has(one)) return -1;
          taken.add(one);
          return one;
        });
        const ownTerms = (passage: number) => {
          const one = wanted[passage]!;
          return typeof one === "number" ? ["own"] : one;
        };
        const all = Array.from(rows, (row, passage) => (row < 0 ? ownTerms(passage) : before[row]!));
        const updated = updateLexicalData(buildLexicalData(before), rows, ownTerms);
        expect(updated).toEqual(buildLexicalData(all));
      },
    ),
  );
});
