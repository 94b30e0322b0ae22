import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MAX_COLOURS = 256;

/**
 * A PNG of 8-bit RGB without interlace, as Chromium takes it, with at most 256 colours: a third of the bytes for
 * text on plain ground. Colours that share the upper bits of their channels become their mean
 * (https://www.w3.org/TR/png-3/).
 */
export function toPalette(png: Buffer): Buffer {
  const { header, pixels, width, height } = readRgb(png);
  for (let bits = 3; ; bits++) {
    const groups = groupColours(pixels, bits);
    if (groups.size > MAX_COLOURS) continue;
    const places = new Map([...groups.keys()].map((key, place) => [key, place]));
    // Each row begins with its filter: none suits a palette best.
    const rows = Buffer.alloc(height * (width + 1));
    for (let at = 0; at < width * height; at++) {
      const row = Math.floor(at / width);
      rows[row * (width + 1) + 1 + (at % width)] = places.get(keyOf(pixels, 3 * at, bits))!;
    }
    const palette = [...groups.values()].flatMap(({ sums, count }) =>
      sums.map((sum) => Math.round(sum / count)),
    );
    // The kind of colour is the tenth byte of the header: 3 is by palette.
    const indexed = Buffer.from(header);
    indexed[9] = 3;
    return Buffer.concat([
      SIGNATURE,
      chunk("IHDR", indexed),
      chunk("PLTE", Buffer.from(palette)),
      chunk("IDAT", deflateSync(rows, { level: 9 })),
      chunk("IEND", Buffer.alloc(0)),
    ]);
  }
}

function groupColours(pixels: Buffer, bits: number): Map<number, { sums: number[]; count: number }> {
  const groups = new Map<number, { sums: number[]; count: number }>();
  for (let at = 0; at < pixels.length; at += 3) {
    const key = keyOf(pixels, at, bits);
    const group = groups.get(key) ?? { sums: [0, 0, 0], count: 0 };
    for (const channel of [0, 1, 2]) group.sums[channel]! += pixels[at + channel]!;
    group.count++;
    groups.set(key, group);
  }
  return groups;
}

function keyOf(pixels: Buffer, at: number, bits: number): number {
  return ((pixels[at]! >> bits) << 16) | ((pixels[at + 1]! >> bits) << 8) | (pixels[at + 2]! >> bits);
}

function readRgb(png: Buffer): { header: Buffer; pixels: Buffer; width: number; height: number } {
  const chunks = readChunks(png);
  const header = chunks.find(({ type }) => type === "IHDR")!.data;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  if (header.subarray(8).toString("hex") !== "0802000000") throw new Error("Not a PNG of 8-bit RGB");
  const packed = inflateSync(
    Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data)),
  );
  const stride = 3 * width;
  const pixels = Buffer.alloc(stride * height);
  for (let row = 0; row < height; row++) {
    const filter = packed[row * (stride + 1)]!;
    for (let column = 0; column < stride; column++) {
      const at = row * stride + column;
      const left = column < 3 ? 0 : pixels[at - 3]!;
      const above = row === 0 ? 0 : pixels[at - stride]!;
      const corner = column < 3 || row === 0 ? 0 : pixels[at - stride - 3]!;
      pixels[at] = packed[row * (stride + 1) + 1 + column]! + predict(filter, left, above, corner);
    }
  }
  return { header, pixels, width, height };
}

/** What a filter adds to a byte. */
function predict(filter: number, left: number, above: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  const estimate = left + above - corner;
  const distance = (value: number) => Math.abs(estimate - value);
  if (distance(left) <= distance(above) && distance(left) <= distance(corner)) return left;
  return distance(above) <= distance(corner) ? above : corner;
}

function readChunks(png: Buffer): { type: string; data: Buffer }[] {
  const chunks = [];
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({
      type: png.toString("latin1", at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + length),
    });
    at += length + 12;
  }
  return chunks;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const edges = Buffer.alloc(8);
  edges.writeUInt32BE(data.length, 0);
  edges.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([edges.subarray(0, 4), body, edges.subarray(4)]);
}
