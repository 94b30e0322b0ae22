import { endsSentence, LIST_ITEM, type Line } from "./lines.ts";

/** A line of nothing but this parts texts. */
const RULE = /^(?:[-=—─_*~＝－]{5,}|(?:[*＊] ?){3,})$/u;
const MARKED = /^【([^【】]{4,40})】$/u;
const MAX_TITLE_CHARS = 40;
/** What stands between rules below an article, and is none. */
const ADDITION = /^(?:附|注|编者|作者|相关|链接|更多|来源|责编|编辑|联系|版权)/u;

/**
 * The parts of a bulletin, each with its title in front: texts under 【titles】, or titled texts between rules. undefined
 * where there are not two of them, or anything else stands among them.
 */
export function splitBulletin(lines: readonly Line[]): Line[][] | undefined {
  const isMarked = MARKED.test(lines[0]?.text ?? "");
  const parts: Line[][] = [];
  let open: Line[] = [];
  for (const line of lines) {
    const isRule = RULE.test(line.text);
    if ((isRule || (isMarked && MARKED.test(line.text))) && open.length > 0) {
      parts.push(open);
      open = [];
    }
    if (!isRule) open.push(line);
  }
  if (open.length > 0) parts.push(open);
  const isBulletin = parts.length >= 2 && parts.every(isMarked ? isMarkedPart : isTitledPart);
  return isBulletin ? parts.map(unmarkTitle) : undefined;
}

function isMarkedPart([title, ...body]: readonly Line[]): boolean {
  return MARKED.test(title!.text) && body.some(({ text }) => endsSentence(text));
}

/** A title stands apart, by a blank line or because what follows is set in. */
function isTitledPart([title, ...body]: readonly Line[]): boolean {
  const [next] = body;
  return (
    next !== undefined &&
    (next.blankBefore || next.setIn) &&
    title!.text.length >= 4 &&
    title!.text.length <= MAX_TITLE_CHARS &&
    !/[。，；：:,;.]$/u.test(title!.text) &&
    !endsSentence(title!.text) &&
    !LIST_ITEM.test(title!.text) &&
    !ADDITION.test(title!.text) &&
    body.some(({ text }) => endsSentence(text))
  );
}

function unmarkTitle([title, ...body]: readonly Line[]): Line[] {
  return [{ ...title!, text: MARKED.exec(title!.text)?.[1] ?? title!.text, blankBefore: true }, ...body];
}
