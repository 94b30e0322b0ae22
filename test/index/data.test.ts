import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeData, encodeData } from "../../src/index/data.ts";
import { buildLexicalData } from "../../src/index/lexical.ts";
import { joinLists } from "../../src/index/lists.ts";

const passage = fc.record({
  span: fc.tuple(fc.nat(9), fc.nat(), fc.nat()),
  terms: fc.array(fc.string({ unit: "binary", maxLength: 3 }), { maxLength: 5 }),
  tokens: fc.array(fc.nat(), { maxLength: 5 }),
  vector: fc.tuple(fc.float(), fc.float()),
});

test("what is written is read, from files that begin anywhere in memory", () => {
  fc.assert(
    fc.property(fc.array(passage, { maxLength: 8 }), fc.nat(3), (passages, shift) => {
      const data = {
        spans: passages.map(({ span }) => span),
        lexical: buildLexicalData(passages.map(({ terms }) => terms)),
        tokens: joinLists(passages.map(({ tokens }) => tokens)),
        vectors: Float32Array.from(passages.flatMap(({ vector }) => vector)),
      };
      const shifted = [...encodeData(data)].map(([name, bytes]) => {
        const memory = Buffer.concat([Buffer.alloc(shift), bytes]);
        return [name, memory.subarray(shift)] as const;
      });
      expect(decodeData(new Map(shifted))).toEqual(data);
    }),
  );
});
