import { deflateRawSync } from "node:zlib";

/** A file of an archive. */
export interface ZipEntry {
  readonly name: Buffer | string;
  readonly content: Buffer;
  /** The size that the archive says it has, where that is a lie. */
  readonly claimedSize?: number;
}

/**
 * A zip archive (APPNOTE.TXT), packed or as it is; its checksums are 0, which readers of Office files do not look at.
 */
export function writeZip(entries: readonly ZipEntry[], { isPacked = false } = {}): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { content, claimedSize = content.length, ...entry } of entries) {
    const name = Buffer.from(entry.name);
    const stored = isPacked ? deflateRawSync(content) : content;
    const method = isPacked ? 8 : 0;
    const local = Buffer.alloc(30);
    local.write("PK\u0003\u0004", "latin1");
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(stored.length, 18);
    local.writeUInt32LE(claimedSize, 22);
    local.writeUInt16LE(name.length, 26);
    const record = Buffer.alloc(46);
    record.write("PK\u0001\u0002", "latin1");
    record.writeUInt16LE(20, 6);
    record.writeUInt16LE(method, 10);
    record.writeUInt32LE(stored.length, 20);
    record.writeUInt32LE(claimedSize, 24);
    record.writeUInt16LE(name.length, 28);
    record.writeUInt32LE(offset, 42);
    files.push(local, name, stored);
    directory.push(record, name);
    offset += local.length + name.length + stored.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(entries.length % 65536, 8);
  end.writeUInt16LE(entries.length % 65536, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}
