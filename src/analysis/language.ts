import { foldForSearch } from "./fold.ts";
import { countScripts, mainScript } from "./script.ts";

/** A name in a short question pulls eld's scores, of 0 to 1, to another language by less than this. */
const TIE = 0.02;

/**
 * The BCP 47 tag of a question's language. A script that only one of our languages uses decides by itself; for the
 * others eld's n-gram table is asked, which is loaded with the first question that needs it (about 0.1 s). "und"
 * where the text has no letters; English where nothing else is recognised
 * for certain.
 */
export async function detectLanguage(text: string): Promise<string> {
  const counts = countScripts(text);
  switch (mainScript(counts)) {
    case undefined:
      return "und";
    case "han":
      // A Chinese text that names something Japanese has some kana, a Japanese one many.
      if ((counts.kana ?? 0) * 10 >= counts.han!) return "ja";
      return isTraditional(text) ? "zh-Hant" : "zh";
    case "kana":
      return "ja";
    case "hangul":
      return "ko";
    case "greek":
      return "el";
    case "hebrew":
      return "he";
    case "thai":
      return "th";
    case "devanagari":
      return "hi";
    default: {
      const { eld } = await import("eld/extrasmall");
      const found = eld.detect(text);
      const scores: Readonly<Record<string, number>> = found.getScores();
      const isTied = (scores.en ?? 0) + TIE >= (scores[found.language] ?? 0);
      return isTied || !found.isReliable() ? "en" : found.language;
    }
  }
}

/** Whether folding to Simplified changes a character: width and case are folded on both sides. */
function isTraditional(text: string): boolean {
  return foldForSearch(text) !== text.normalize("NFKC").toLowerCase();
}
