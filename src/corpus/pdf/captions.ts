import { readByline } from "../bylines.ts";
import type { Block } from "./blocks.ts";
import { isProse, readNamesOf } from "./headline-groups.ts";
import type { PageBlocks } from "./newspaper.ts";

const OPENS = /^(?:图为|[上下左右]图[为是：，、]|图[一二三四五\d]|资料图|[▲▼△▽◀▶]|Photo\b|Figure \d)/u;
const CLOSES = /(?:摄|供图|摄影|资料图片?|制图|图片来源[：:].{1,12})[）)]?$/u;
const MAX_LINES = 4;

/** A newspaper page without what explains its pictures, which is no article's text. */
export function leaveOutCaptions(page: PageBlocks): {
  readonly page: PageBlocks;
  readonly left: readonly string[];
} {
  const captions = page.blocks.filter((block) => isCaption(block, page.blocks));
  const left = captions.map(
    ({ lines }) => `page ${page.number}: left out the caption “${lines[0]!.text.slice(0, 30)}”`,
  );
  return { page: { ...page, blocks: page.blocks.filter((block) => !captions.includes(block)) }, left };
}

/** Whether a block explains a picture: it says so, or is small and of few lines in a type no article is set in. */
function isCaption(block: Block, blocks: readonly Block[]): boolean {
  if (block.lines.length > MAX_LINES) return false;
  const text = block.lines.map((line) => line.text).join("");
  if (OPENS.test(text)) return true;
  if (readNamesOf(text) || readByline(text)) return false;
  const prose = blocks.filter((other) => isProse(other) && other !== block);
  const isOwnType = prose.length > 0 && prose.every((other) => block.size < 0.93 * other.size);
  return isOwnType && (CLOSES.test(text) || block.lines.length <= 2);
}
