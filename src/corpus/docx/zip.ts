import { AppError } from "../../errors.ts";

const MAX_UNPACKED_MB = 200;
const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const OLE = Buffer.of(0xd0, 0xcf, 0x11, 0xe0);

/**
 * Throws AppError for a file that is no zip archive, one whose directory (APPNOTE.TXT 4.3.12) declares more than 200 MB,
 * and for what else Word writes under this name. What a directory hides, the memory of the reading thread limits.
 */
export function checkArchive(bytes: Buffer): void {
  if (bytes.subarray(0, 4).equals(OLE)) {
    if (bytes.includes(Buffer.from("EncryptedPackage", "utf16le"))) {
      throw new AppError("is encrypted; remove the password first");
    }
    throw new AppError("is an old Word file (.doc); save it as .docx");
  }
  const end = bytes.lastIndexOf(Buffer.of(0x50, 0x4b, 0x05, 0x06));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END_OF_DIRECTORY) {
    throw new AppError("is no Word document, or only a part of one");
  }
  let total = 0;
  let at = bytes.readUInt32LE(end + 16);
  while (at + 46 <= bytes.length && bytes.readUInt32LE(at) === DIRECTORY_ENTRY) {
    total += bytes.readUInt32LE(at + 24);
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  if (total > MAX_UNPACKED_MB * 1024 * 1024) {
    throw new AppError(`unpacks to more than ${MAX_UNPACKED_MB} MB`);
  }
}
