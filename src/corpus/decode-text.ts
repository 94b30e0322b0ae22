import { foldForSearch } from "../analysis/fold.ts";
import { characterCost } from "../analysis/words.ts";
import { AppError } from "../errors.ts";
import { restoreHongKong } from "./hong-kong.ts";

export interface DecodedText {
  /** Without byte order mark, lines ended by LF. */
  readonly text: string;
  /** Name for TextDecoder. */
  readonly encoding: string;
  /** What could not be decoded, as an article's warning. */
  readonly warning?: string;
}

const MARKS: readonly (readonly [encoding: string, ...bytes: number[]])[] = [
  ["utf-8", 0xef, 0xbb, 0xbf],
  ["utf-16le", 0xff, 0xfe],
  ["utf-16be", 0xfe, 0xff],
];
/** Those of UTF-16 last. */
const CANDIDATES = ["utf-8", "gb18030", "big5", "utf-16le", "utf-16be"];
/** Chinese encodings that GB18030 holds; Node's own decoders of them know fewer characters. */
const PARTS_OF_GB18030 = /^(?:gb_?2312(?:-80)?|gbk|x-gbk|cp936)$/i;
const UNASSIGNED = /[\u0080-\u009f\ue000-\uf8ff]/g;
/** Real files hold a few stray bytes. */
const MAX_INVALID_SHARE = 0.001;
/** Surprise of an average character in nats; Chinese texts were measured to have at most 8.7, noise at least 13.5. */
const MAX_COST = 10.5;

/**
 * A text file in UTF-8, UTF-16, GB18030 or Big5, recognised by its byte order mark, else by what its bytes mean; what it
 * `declares` itself comes before GB18030 and Big5. A character cut off by the file's end is dropped. Throws AppError for
 * anything else.
 */
export function decodeText(bytes: Uint8Array, declared?: string): DecodedText {
  const decoded = recognise(bytes, declared);
  if (!decoded) {
    throw new AppError("is neither UTF-8, UTF-16, GB18030 nor Big5 text; save it as UTF-8");
  }
  if (decoded.text.includes("\0")) throw new AppError("holds NUL bytes and is not text");
  return { ...decoded, text: decoded.text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n") };
}

function recognise(bytes: Uint8Array, declared: string | undefined): DecodedText | undefined {
  const marked = MARKS.find(([, ...mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (marked) return decode(bytes, marked[0]);
  const unicode = decode(bytes, "utf-8");
  // Nothing but UTF-8 looks like UTF-8 for more than a few characters, whatever a page declares itself.
  if (unicode && unicode.warning === undefined && !/(?!\s)\p{Cc}/u.test(unicode.text)) return unicode;
  const own = declared === undefined ? undefined : decode(bytes, declared);
  if (own && own.warning === undefined) return own;
  const candidates = bytes.length % 2 === 0 ? CANDIDATES : CANDIDATES.slice(0, 3);
  return mostPlausible(candidates.flatMap((encoding) => decode(bytes, encoding) ?? [])) ?? unicode;
}

/** undefined where the bytes are no text in this encoding, or nobody knows the encoding. */
function decode(bytes: Uint8Array, label: string): DecodedText | undefined {
  const name = PARTS_OF_GB18030.test(label.trim()) ? "gb18030" : label;
  try {
    const decoder = new TextDecoder(name);
    const { encoding } = decoder;
    // As a part of a stream, so that what the last bytes only begin is left out.
    const decoded = decoder.decode(bytes, { stream: true });
    // What Node's decoder of Big5 has no character for, it gives a code point for private use.
    const text = encoding === "big5" ? restoreHongKong(decoded).replace(UNASSIGNED, "\ufffd") : decoded;
    const invalid = text.match(/\ufffd/g)?.length ?? 0;
    const isText = text !== "" || bytes.length === 0;
    if (!isText || invalid > bytes.length * MAX_INVALID_SHARE) return undefined;
    const count = `${invalid} character${invalid === 1 ? "" : "s"}`;
    return invalid === 0
      ? { text, encoding }
      : { text, encoding, warning: `${count} could not be decoded from ${encoding}` };
  } catch {
    // An encoding that Node does not know is no help.
    return undefined;
  }
}

/** The one whose characters surprise least in all: one that makes fewer of the same bytes has fewer to be surprised at. */
function mostPlausible(readings: readonly DecodedText[]): DecodedText | undefined {
  let best: DecodedText | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const reading of readings) {
    const { total, average } = surprise(reading.text);
    if (total >= bestCost || average > MAX_COST) continue;
    best = reading;
    bestCost = total;
  }
  return best;
}

function surprise(text: string): { total: number; average: number } {
  const counts = new Map<string, number>();
  let length = 0;
  for (const character of text) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
    length++;
  }
  let total = 0;
  for (const [character, count] of counts) total += count * costOf(character);
  return { total, average: total / Math.max(1, length) };
}

/** Rough surprise in nats, on the scale of the dictionary's counts. */
function costOf(character: string): number {
  if (/[ -~\n\r\t]/.test(character)) return 4;
  if (/[，。、；：？！“”‘’（）《》【】「」『』…—·　]/u.test(character)) return 4.5;
  if (/\p{Script=Han}/u.test(character)) return characterCost(foldForSearch(character));
  if (/[\p{Co}\p{Cc}\p{Cn}\ufffd]/u.test(character)) return 25;
  return /[\uff01-\uff5e\u3000-\u303f\u2010-\u2049]|\p{Script=Latin}/u.test(character) ? 8 : 10;
}
