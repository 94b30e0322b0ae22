import type { Random } from "../corpus/compose-page.ts";
import { mutateInside } from "./mutate-zip.ts";

/** A damaged file; of three Word files two are damaged inside of their archive. */
export function mutateFile(bytes: Buffer, other: Buffer, random: Random): Uint8Array {
  const isArchive = bytes.subarray(0, 2).toString() === "PK";
  return isArchive && random() < 0.67
    ? mutateInside(bytes, random, (content) => mutate(content, other, random))
    : mutate(bytes, other, random);
}

/** Bytes with one to eight places damaged: flipped, removed, doubled, overwritten, or taken from another file. */
function mutate(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let mutated = Buffer.from(bytes);
  const place = () => Math.floor(random() * (mutated.length + 1));
  const length = () => 1 + Math.floor(random() ** 3 * Math.max(1, mutated.length / 4));
  for (let count = 1 + Math.floor(random() * 8); count > 0; count--) {
    const at = place();
    const rest = mutated.subarray(Math.min(mutated.length, at + length()));
    const head = mutated.subarray(0, at);
    switch (Math.floor(random() * 7)) {
      case 0:
        if (at < mutated.length) mutated[at]! ^= 1 << Math.floor(random() * 8);
        break;
      case 1:
        mutated = Buffer.concat([head, rest]);
        break;
      case 2:
        mutated = Buffer.concat([head, mutated.subarray(at, at + length()), mutated.subarray(at)]);
        break;
      case 3:
        mutated = Buffer.concat([head, randomBytes(Math.min(length(), 64), random), rest]);
        break;
      case 4: {
        const start = Math.floor(random() * other.length);
        mutated = Buffer.concat([head, other.subarray(start, start + length()), rest]);
        break;
      }
      case 5:
        if (random() < 0.3) mutated = Buffer.from(head);
        break;
      default:
        mutated = Buffer.concat([head, randomNumber(random), mutated.subarray(at)]);
    }
  }
  return mutated;
}

function randomBytes(length: number, random: Random): Buffer {
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
}

/** Sizes, offsets and levels are numbers in most formats, and the interesting ones are extreme. */
function randomNumber(random: Random): Buffer {
  const numbers = ["0", "-1", "4294967295", "9999999999999", "1e308", "65536", "2147483648"];
  return Buffer.from(numbers[Math.floor(random() * numbers.length)]!);
}
