import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeData, encodeData } from "../../src/index/data.ts";
import { buildLexicalData } from "../../src/index/lexical.ts";
import { joinLists } from "../../src/index/lists.ts";
import { makeVectors, setVector } from "../../src/index/vectors.ts";

const passage = fc.record({
  span: fc.tuple(fc.nat(9), fc.nat(), fc.nat()),
  terms: fc.array(fc.string({ unit: "binary", maxLength: 3 }), { maxLength: 5 }),
  tokens: fc.array(fc.nat(), { maxLength: 5 }),
  vector: fc.tuple(fc.integer(), fc.integer()),
});

test("what is written is read, from files that begin anywhere in memory", () => {
  fc.assert(
    fc.property(fc.array(passage, { maxLength: 8 }), fc.nat(3), (passages, shift) => {
      const vectors = makeVectors(passages.length, 2);
      for (const [row, { vector }] of passages.entries()) setVector(vectors, row, Float32Array.from(vector));
      const data = {
        spans: Uint32Array.from(passages.flatMap(({ span }) => span)),
        lexical: buildLexicalData(passages.map(({ terms }) => terms)),
        tokens: joinLists(passages.map(({ tokens }) => tokens)),
        vectors,
        labels: Uint32Array.from(passages, (_, row) => row),
      };
      const shifted = [...encodeData(data)].map(([name, bytes]) => {
        const memory = Buffer.concat([Buffer.alloc(shift), bytes]);
        return [name, memory.subarray(shift)] as const;
      });
      expect(decodeData(new Map(shifted))).toEqual(data);
    }),
  );
});
