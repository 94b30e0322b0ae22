/** Raw files lie here, in the corpus and in a collection. */
export const SOURCE_FOLDER = "source";
const MAX_CHARS = 64;

/** Why a collection, a folder in the corpus, cannot have this name; undefined where it can. */
export function objectionToCollection(name: string): string | undefined {
  if (name.trim() !== name || name === "") return "is blank at its beginning or end";
  if ([...name].length > MAX_CHARS) return `has more than ${MAX_CHARS} characters`;
  if (/[/\\]/.test(name)) return "holds a slash";
  if (name.startsWith(".")) return "begins with a dot";
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name)) return "holds characters that cannot be seen";
  if (name.toLowerCase() === SOURCE_FOLDER) return "is kept for raw files";
  return undefined;
}
