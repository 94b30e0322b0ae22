import type { Explanation } from "./assistant.ts";
import { printableLine } from "./output.ts";
import type { Style } from "./render.ts";

const MAX_PASSAGE_CHARS = 120;
const MAX_MATCHES = 6;

/** Which passages were found, best first, with every score that placed them and the words that met. */
export function renderExplanation(explanation: Explanation, style: Style): string {
  const terms = explanation.terms.map(printableLine).join(" · ") || "none";
  const hits = explanation.hits.map((hit, place) => {
    const scores = [
      `score ${figure(hit.score)}`,
      `lexical ${figure(hit.lexical)}`,
      `cosine ${figure(hit.cosine)}`,
      `rerank ${figure(hit.rerank)}`,
    ].join("  ");
    const matches = [...hit.matches]
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, MAX_MATCHES)
      .map((match) => {
        return `${printableLine(match.question)} ~ ${printableLine(match.passage)} ${match.similarity.toFixed(2)}`;
      });
    return [
      `${style.bold(`${place + 1}. 《${printableLine(hit.title)}》`)}  ${style.dim(scores)}`,
      `   ${shortened(printableLine(hit.passage))}`,
      ...(matches.length > 0 ? [`   ${style.dim(matches.join(", "))}`] : []),
    ].join("\n");
  });
  const found = hits.length > 0 ? hits.join("\n") : "No passage was found.";
  return `${style.dim(`Searched for: ${terms}`)}\n${found}\n`;
}

function figure(score: number): string {
  return score.toFixed(3);
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length > MAX_PASSAGE_CHARS ? `${characters.slice(0, MAX_PASSAGE_CHARS).join("")}…` : text;
}
