import { readFile, writeFile } from "node:fs/promises";

/** Writes numbers as little-endian bytes, as every machine that Node runs on keeps them. */
export async function writeArray(path: string, array: Float32Array | Uint32Array): Promise<void> {
  await writeFile(path, new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
}

export async function readFloat32(path: string): Promise<Float32Array> {
  const bytes = await readBytes(path);
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

export async function readUint32(path: string): Promise<Uint32Array> {
  const bytes = await readBytes(path);
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

/** A view of four-byte numbers needs an aligned start, which a small file in Node's shared pool may lack. */
async function readBytes(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  return bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
}

/** Joins arrays end to end, with the offset of each and, last, the whole length. */
export function concatenate(arrays: readonly ArrayLike<number>[]): {
  offsets: Uint32Array;
  values: Uint32Array;
} {
  const offsets = new Uint32Array(arrays.length + 1);
  arrays.forEach((array, i) => {
    offsets[i + 1] = offsets[i]! + array.length;
  });
  const values = new Uint32Array(offsets[arrays.length]!);
  arrays.forEach((array, i) => {
    values.set(array, offsets[i]!);
  });
  return { offsets, values };
}
