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
  const counts: Partial<Record<Script, number>> = {};
  const add = (character: string, times: number): void => {
    const script = scriptOf(character);
    if (script !== undefined) counts[script] = (counts[script] ?? 0) + times;
  };
  if (text.length < LONG) {
    for (const character of text) add(character, 1);
    return counts;
  }
  // A whole corpus: each distinct unit is looked up once. Pairs of surrogates are few.
  const units = new Uint32Array(2 ** 16);
  for (let at = 0; at < text.length; at++) units[text.charCodeAt(at)]!++;
  for (let unit = 0; unit < units.length; unit++)
    if (units[unit]! > 0) add(String.fromCharCode(unit), units[unit]!);
  for (const [pair] of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) add(pair, 1);
  return counts;
}

/** Longer than any question or passage. */
const LONG = 100_000;

/** Remembered, because a whole corpus is counted when the index is opened: 19 million letters took 4 s and 1 GB. */
const known = new Map<string, Script | undefined>();

function scriptOf(character: string): Script | undefined {
  if (!known.has(character)) {
    const scripts = Object.keys(SCRIPTS) as Script[];
    known.set(
      character,
      scripts.find((script) => SCRIPTS[script].test(character)),
    );
  }
  return known.get(character);
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
