import { crc32, deflateSync, inflateSync } from "node:zlib";
import fc from "fast-check";
import { expect, it } from "vitest";
import { toPalette } from "../../bench/palette-png.ts";

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};

/** A PNG whose rows use the filters in turn (https://www.w3.org/TR/png-3/#9Filters). */
function writeRgb(width: number, pixels: readonly number[]): Buffer {
  const stride = 3 * width;
  const rows: number[] = [];
  for (let row = 0; row * stride < pixels.length; row++) {
    const filter = row % 5;
    rows.push(filter);
    for (let column = 0; column < stride; column++) {
      const at = row * stride + column;
      const left = column < 3 ? 0 : pixels[at - 3]!;
      const above = pixels[at - stride] ?? 0;
      const corner = column < 3 ? 0 : (pixels[at - stride - 3] ?? 0);
      const nearest = [left, above, corner].sort(
        (a, b) => Math.abs(left + above - corner - a) - Math.abs(left + above - corner - b),
      )[0]!;
      rows.push((pixels[at]! - [0, left, above, Math.floor((left + above) / 2), nearest][filter]!) & 255);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(pixels.length / stride, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.from(rows));
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function dataOf(png: Buffer, type: string): Buffer {
  const at = png.indexOf(type);
  return png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4));
}

it("a picture by palette shows every pixel in nearly its colour", () => {
  const anyPicture = fc
    .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 12 }))
    .chain(([width, height]) =>
      fc.tuple(
        fc.constant(width),
        fc.array(fc.nat(255), { minLength: 3 * width * height, maxLength: 3 * width * height }),
      ),
    );
  fc.assert(
    fc.property(anyPicture, ([width, pixels]) => {
      const small = toPalette(writeRgb(width, pixels));
      expect(dataOf(small, "IHDR")[9]).toBe(3);
      const palette = dataOf(small, "PLTE");
      const rows = inflateSync(dataOf(small, "IDAT"));
      const places = [...rows].filter((_, at) => at % (width + 1) > 0);
      const shown = places.flatMap((place) => [...palette.subarray(3 * place, 3 * place + 3)]);
      expect(shown).toHaveLength(pixels.length);
      // 84 pixels have at most 84 colours, so that three bits of each channel may be lost, and no more.
      for (const [at, value] of shown.entries()) expect(Math.abs(value - pixels[at]!)).toBeLessThan(8);
    }),
  );
});
