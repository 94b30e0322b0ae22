export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "gb18030" | "big5";

const tables = new Map<string, ReadonlyMap<string, readonly number[]>>();

/** Bytes of a text; undefined where the encoding has no place for one of its characters. Node only decodes. */
export function encodeText(text: string, encoding: Encoding): Uint8Array | undefined {
  if (encoding === "utf-8") return Buffer.from(text);
  if (encoding === "utf-16le") return Buffer.from(text, "utf16le");
  if (encoding === "utf-16be") return Buffer.from(text, "utf16le").swap16();
  const table = tables.get(encoding) ?? makeTable(encoding);
  tables.set(encoding, table);
  const bytes: number[] = [];
  for (const character of text) {
    const own = character < "\x80" ? [character.charCodeAt(0)] : table.get(character);
    if (!own) return undefined;
    bytes.push(...own);
  }
  return Uint8Array.from(bytes);
}

/** What every pair of bytes is decoded to, the other way round. */
function makeTable(encoding: "gb18030" | "big5"): ReadonlyMap<string, readonly number[]> {
  const decoder = new TextDecoder(encoding);
  const table = new Map<string, readonly number[]>();
  for (let first = 0x81; first <= 0xfe; first++) {
    for (let second = 0x40; second <= 0xfe; second++) {
      const character = decoder.decode(Uint8Array.of(first, second));
      const isOne = [...character].length === 1 && !/[\ufffd\p{Co}]/u.test(character);
      if (isOne && !table.has(character)) table.set(character, [first, second]);
    }
  }
  return table;
}
