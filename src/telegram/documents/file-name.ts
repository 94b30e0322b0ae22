import { extname } from "node:path";

/** Longer names are cut at their beginning first, as patterns are not run over more. */
const MAX_NAME_CHARS = 400;
/** Of at most four bytes each; file systems allow 255 bytes. */
const MAX_STEM_CHARS = 50;

/**
 * A document's name as that of a file: its last part, without what file systems do not allow, hidden files begin with,
 * or nobody sees. Ids and sources of articles come from it.
 */
export function safeFileName(name: string): string {
  const last = name
    .slice(-MAX_NAME_CHARS)
    .normalize("NFC")
    .replace(/^.*[\\/]/s, "")
    .replace(/[\p{C}\p{Zl}\p{Zp}<>:"|?*]/gu, "");
  const extension = extname(last);
  const stem = last.slice(0, last.length - extension.length).replace(/^[\s.~$]+|[\s.]+$/g, "");
  return `${[...stem].slice(0, MAX_STEM_CHARS).join("").trim() || "document"}${extension.slice(0, 8)}`;
}
