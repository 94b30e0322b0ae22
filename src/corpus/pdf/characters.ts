/**
 * Radicals and compatibility ideographs that PDFs give where the page shows the ordinary character, and ligatures.
 * Full-width letters and marks are none of these: they are what the page shows.
 */
const STAND_INS = /[\u2e80-\u2fd5\uf900-\ufaff\ufb00-\ufb06\u{2f800}-\u{2fa1f}]+/gu;
const UNMAPPED = /[^\P{C}\s\p{Cf}]|\ufffd/gu;
/** Radicals that Unicode does not call compatible with their characters, each before its own. */
const RADICALS =
  "⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙";
const CHARACTER_OF = new Map([...RADICALS.matchAll(/(.)(.)/gu)].map(([, radical, own]) => [radical!, own!]));
/** What the bullets of Symbol and Wingdings come out as. */
const BULLETS = /[\uf06c\uf06e\uf075\uf0a7\uf0b7\uf0d8\uf0fc]/g;
/** Marks of zero width, a soft hyphen among them. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]/g;

/** Text with ordinary characters in place of those that stand for them, every white space an ASCII space, nothing else. */
export function foldCharacters(text: string): string {
  return text
    .replace(STAND_INS, (found) =>
      found.normalize("NFKC").replace(/[\u2e80-\u2eff]/g, (radical) => CHARACTER_OF.get(radical) ?? radical),
    )
    .replace(BULLETS, "•")
    .replace(UNMAPPED, "")
    .replace(/\u00ad$/, "-")
    .replace(INVISIBLE, "")
    .replaceAll("⋯", "…") // what Adobe's tables for Chinese fonts call it
    .replace(/[\s\u00a0]/g, " ");
}

/** How many of the characters a font says nothing about. */
export function countUnmapped(text: string): number {
  return text.replace(BULLETS, "").match(UNMAPPED)?.length ?? 0;
}
