/** Scripts told apart when asking whether question and corpus share one; "other" is everything else. */
const SCRIPTS = {
  han: /\p{Script=Han}/gu,
  kana: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  hangul: /\p{Script=Hangul}/gu,
  latin: /\p{Script=Latin}/gu,
  cyrillic: /\p{Script=Cyrillic}/gu,
  greek: /\p{Script=Greek}/gu,
  arabic: /\p{Script=Arabic}/gu,
  hebrew: /\p{Script=Hebrew}/gu,
  devanagari: /\p{Script=Devanagari}/gu,
  thai: /\p{Script=Thai}/gu,
} as const;

export type Script = keyof typeof SCRIPTS;

/** Letters of each script in a text; scripts that do not occur are absent. */
export type ScriptCounts = Readonly<Partial<Record<Script, number>>>;

export function countScripts(text: string): ScriptCounts {
  const counts: Partial<Record<Script, number>> = {};
  for (const [script, pattern] of Object.entries(SCRIPTS) as [Script, RegExp][]) {
    const count = text.match(pattern)?.length ?? 0;
    if (count > 0) counts[script] = count;
  }
  return counts;
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
