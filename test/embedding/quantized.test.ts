import fc from "fast-check";
import { expect, test } from "vitest";
import { createQuantizedRows, quantize } from "../../src/embedding/quantized.ts";

/** The product as it is written down, which WebAssembly computes 16 numbers at a time. */
const plainDot = (a: Int8Array, b: Int8Array) => a.reduce((sum, value, d) => sum + value * b[d]!, 0);

test("the product of two rows is that of a plain loop, whatever their width", () => {
  const extremes = fc.constantFrom(-128, -127, -1, 0, 1, 127);
  const rows = fc
    .integer({ min: 1, max: 70 })
    .chain((width) =>
      fc.array(fc.array(extremes, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }),
    );
  fc.assert(
    fc.property(rows, (numbers) => {
      const quantized = createQuantizedRows(numbers[0]!.length);
      quantized.reserve(numbers.length);
      numbers.forEach((row, n) => {
        quantized.row(n).set(row);
      });
      for (const a of numbers.keys())
        for (const b of numbers.keys())
          expect(quantized.dot(a * quantized.stride, b * quantized.stride)).toBe(
            plainDot(Int8Array.from(numbers[a]!), Int8Array.from(numbers[b]!)),
          );
    }),
  );
});

test("rows outlive growth, and their number knows no bound but memory", () => {
  const rows = createQuantizedRows(256);
  for (const size of [1, 300, 301, 20_000]) {
    rows.reserve(size);
    rows.row(size - 1).fill(size % 100);
  }
  expect([...rows.row(0)]).toEqual(new Array(256).fill(1));
  expect(rows.dot(299 * rows.stride, 0)).toBe(0);
  expect(rows.dot(300 * rows.stride, 0)).toBe(256);
});

test("a vector keeps its direction when it is quantized, to within half a degree, and one without has none", () => {
  const vector = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 256, maxLength: 256 });
  fc.assert(
    fc.property(vector, (numbers) => {
      const row = new Int8Array(256);
      const scale = quantize(Float32Array.from(numbers), row);
      const length = Math.hypot(...numbers.map(Math.fround));
      const cosine = numbers.reduce((sum, value, d) => sum + (value * row[d]! * scale) / length, 0);
      if (length > 0) expect(cosine).toBeGreaterThan(Math.cos(Math.PI / 360));
      else expect(scale).toBe(0);
    }),
  );
  expect(quantize(new Float32Array(4), new Int8Array(4))).toBe(0);
});
