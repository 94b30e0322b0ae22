/**
 * Writes the direction of `vector` into `row` as whole numbers of -127 to 127, and gives what makes it a vector of
 * length 1 again when each number is multiplied by it; 0 for a vector without direction.
 */
export function quantize(vector: Float32Array, row: Int8Array): number {
  let largest = 0;
  for (let d = 0; d < vector.length; d++) largest = Math.max(largest, Math.abs(vector[d]!));
  row.fill(0);
  if (largest === 0) return 0;
  let square = 0;
  for (let d = 0; d < vector.length; d++) {
    row[d] = Math.round((vector[d]! / largest) * 127);
    square += row[d]! * row[d]!;
  }
  return 1 / Math.sqrt(square);
}

/** Rows of whole numbers that lie in memory of their own, so that WebAssembly computes their products. */
export interface QuantizedRows {
  /** Bytes from one row to the next: the row numbered `n` begins at `n * stride`. */
  readonly stride: number;
  /** Makes place for so many rows; they keep what they hold. */
  reserve(rows: number): void;
  /** A view of a row, which the next `reserve` ends. */
  row(number: number): Int8Array;
  /** Product of the rows that begin at `one` and `other`; those of 16 numbers are computed at once. */
  dot(one: number, other: number): number;
}

const PAGE = 65536;
/** Numbers that a turn of the loop below takes; rows are filled up with zeros to a multiple. */
const NUMBERS_A_TURN = 16;

export function createQuantizedRows(dimensions: number): QuantizedRows {
  const stride = Math.ceil(dimensions / NUMBERS_A_TURN) * NUMBERS_A_TURN;
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(KERNEL), { rows: { memory } });
  const product = exports.product as (one: number, other: number, end: number) => number;
  return {
    stride,
    reserve(rows) {
      const missing = Math.ceil((rows * stride - memory.buffer.byteLength) / PAGE);
      if (missing > 0) memory.grow(Math.max(missing, Math.ceil(memory.buffer.byteLength / PAGE / 4)));
    },
    row: (number) => new Int8Array(memory.buffer, number * stride, dimensions),
    dot: (one, other) => product(one, other, one + stride),
  };
}

const local = { get: 0x20, set: 0x21, tee: 0x22 } as const;
const i32 = { const: 0x41, ltU: 0x49, add: 0x6a } as const;
const v128 = 0x7b;
/** SIMD instructions: a prefix and a number in LEB128. */
const load8x8 = [0xfd, 0x01] as const;
const dot16x8 = [0xfd, 0xba, 0x01] as const;
const add32x4 = [0xfd, 0xae, 0x01] as const;
const lane32x4 = [0xfd, 0x1b] as const;

/** Adds to `sum` the products of the eight numbers that lie `offset` bytes on. */
const addProducts = (offset: number) => [
  ...[local.get, 0, ...load8x8, 0, offset],
  ...[local.get, 1, ...load8x8, 0, offset],
  ...dot16x8,
  ...add32x4,
];

/**
 * (one, other, end) => the sum of the products of signed bytes from `one` up to `end` with those from `other` on.
 * V8 makes one multiplication at a time of the same loop in JavaScript: 12 rows with each of 3,500 took 25 ms, and
 * take 2 ms. Written out, because it is shorter than the tools that would make it; `test/` has the loop.
 */
const KERNEL = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  // Types: three i32 to an i32.
  ...section(1, [1, 0x60, 3, 0x7f, 0x7f, 0x7f, 1, 0x7f]),
  // Imports: the memory rows.memory, of one page at least.
  ...section(2, [1, ...name("rows"), ...name("memory"), 2, 0, 1]),
  // Functions: one of type 0; exports: it is called product.
  ...section(3, [1, 0]),
  ...section(7, [1, ...name("product"), 0, 0]),
  ...section(10, [
    1,
    ...sized([
      // Local 3 is the sum, four numbers wide.
      ...[1, 1, v128],
      ...[0x03, 0x40], // loop
      ...[local.get, 3, ...addProducts(0), ...addProducts(8), local.set, 3],
      ...[local.get, 1, i32.const, NUMBERS_A_TURN, i32.add, local.set, 1],
      ...[local.get, 0, i32.const, NUMBERS_A_TURN, i32.add, local.tee, 0],
      ...[local.get, 2, i32.ltU, 0x0d, 0], // Again while `one` is below `end`.
      0x0b,
      ...[local.get, 3, ...lane32x4, 0],
      ...[1, 2, 3].flatMap((lane) => [local.get, 3, ...lane32x4, lane, i32.add]),
      0x0b,
    ]),
  ]),
]);

function section(id: number, content: readonly number[]): number[] {
  return [id, ...sized(content)];
}

/** Lengths below 128 are one byte. */
function sized(content: readonly number[]): number[] {
  return [content.length, ...content];
}

function name(text: string): number[] {
  return sized([...Buffer.from(text)]);
}
