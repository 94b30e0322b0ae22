import { inflateRawSync } from "node:zlib";

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
  return writeEntries(
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

function writeEntries(entries: readonly Entry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const local = Buffer.alloc(30);
    local.write("PK\u0003\u0004", "latin1");
    local.writeUInt16LE(20, 4);
    local.writeUInt32LE(content.length, 18);
    local.writeUInt32LE(content.length, 22);
    local.writeUInt16LE(name.length, 26);
    const record = Buffer.alloc(46);
    record.write("PK\u0001\u0002", "latin1");
    record.writeUInt16LE(20, 6);
    record.writeUInt32LE(content.length, 20);
    record.writeUInt32LE(content.length, 24);
    record.writeUInt16LE(name.length, 28);
    record.writeUInt32LE(offset, 42);
    files.push(local, name, content);
    directory.push(record, name);
    offset += local.length + name.length + content.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}
