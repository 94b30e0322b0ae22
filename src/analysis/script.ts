/** Scripts told apart when asking whether question and corpus share one; letters of another are not counted. */
const SCRIPTS = {
  han: /\p{Script=Han}/u,
  kana: /[\p{Script=Hiragana}\p{Script=Katakana}]/u,
  hangul: /\p{Script=Hangul}/u,
  latin: /\p{Script=Latin}/u,
  cyrillic: /\p{Script=Cyrillic}/u,
  greek: /\p{Script=Greek}/u,
  arabic: /\p{Script=Arabic}/u,
  hebrew: /\p{Script=Hebrew}/u,
  devanagari: /\p{Script=Devanagari}/u,
  thai: /\p{Script=Thai}/u,
} as const;

export type Script = keyof typeof SCRIPTS;

/** Letters of each script in a text; scripts that do not occur are absent. */
export type ScriptCounts = Readonly<Partial<Record<Script, number>>>;

export function countScripts(text: string): ScriptCounts {
  const times = new Uint32Array(FIRST_SCRIPT + NAMES.length);
  const found: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const codePoint = text.codePointAt(at)!;
    if (codePoint > 0xffff) at++;
    const place = known[codePoint] || lookUp(codePoint);
    if (times[place]!++ === 0 && place >= FIRST_SCRIPT) found.push(place);
  }
  return Object.fromEntries(found.map((place) => [NAMES[place - FIRST_SCRIPT], times[place]]));
}

const NAMES = Object.keys(SCRIPTS) as Script[];
const NO_SCRIPT = 1;
const FIRST_SCRIPT = 2;

/**
 * By code point: 0 where it was not looked up yet, `NO_SCRIPT`, or the place of a script, counted from `FIRST_SCRIPT`.
 * A whole corpus is counted when the index is built, and dozens of passages with every question.
 */
const known = new Uint8Array(0x110000);

function lookUp(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  const place = NAMES.findIndex((script) => SCRIPTS[script].test(character));
  known[codePoint] = place < 0 ? NO_SCRIPT : FIRST_SCRIPT + place;
  return known[codePoint]!;
}

/** Share of the letters counted in `corpus` that are of a script which `question` is mainly written in, 0 to 1. */
export function shareOfScript(question: ScriptCounts, corpus: ScriptCounts): number {
  const main = mainScript(question);
  const total = Object.values(corpus).reduce((sum, count) => sum + count, 0);
  return main === undefined || total === 0 ? 0 : (corpus[main] ?? 0) / total;
}

/**
 * The script most of the letters are in, undefined without letters. A Han character carries about as much as
 * three letters of an alphabet, so that "NBA总决赛" counts as Han.
 */
export function mainScript(counts: ScriptCounts): Script | undefined {
  const weigh = ([script, count]: [Script, number]) => count * (script === "han" ? 3 : 1);
  const entries = Object.entries(counts) as [Script, number][];
  return entries.sort((a, b) => weigh(b) - weigh(a))[0]?.[0];
}

/** Whether two texts are mainly written in the same script; so are those without letters. */
export function shareMainScript(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) => mainScript(countScripts(text)));
  return first === undefined || second === undefined || first === second;
}
