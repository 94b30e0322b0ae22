import { inflateRawSync } from "node:zlib";
import { writeZip } from "./write-zip.ts";

interface Entry {
  readonly name: Buffer;
  readonly content: Buffer;
}

/**
 * A zip archive with one of its files changed: damage to the archive itself mostly shows before anything in it is read.
 * The files are stored as they are, and their checksums are 0, which readers of Office files do not look at.
 */
export function mutateInside(
  archive: Buffer,
  random: () => number,
  mutate: (content: Buffer) => Uint8Array,
): Buffer {
  const entries = readEntries(archive);
  const chosen = Math.floor(random() * entries.length);
  return writeZip(
    entries.map(({ name, content }, i) => ({
      name,
      content: i === chosen ? Buffer.from(mutate(content)) : content,
    })),
  );
}

/** APPNOTE.TXT of the zip format: the central directory's records have 46 bytes, local headers 30, before the name. */
function readEntries(archive: Buffer): Entry[] {
  const end = archive.lastIndexOf("PK\u0005\u0006", undefined, "latin1");
  const entries: Entry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    const method = archive.readUInt16LE(at + 10);
    const packed = archive.readUInt32LE(at + 20);
    const lengths = [28, 30, 32].map((place) => archive.readUInt16LE(at + place));
    const header = archive.readUInt32LE(at + 42);
    const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
    const bytes = archive.subarray(start, start + packed);
    entries.push({
      name: archive.subarray(at + 46, at + 46 + lengths[0]!),
      content: method === 8 ? inflateRawSync(bytes) : Buffer.from(bytes),
    });
    at += 46 + lengths.reduce((sum, length) => sum + length, 0);
  }
  return entries;
}
