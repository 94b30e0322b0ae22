import { foldForSearch } from "../analysis/fold.ts";
import { segmentWords } from "../analysis/words.ts";
import { parseNumber } from "../answering/numerals.ts";

/** An item of a list: counted from 1, or from its end ("the last" is 1). */
export type ItemRequest =
  | { readonly kind: "from-start" | "from-end"; readonly ordinal: number }
  /** The one behind what was last quoted. */
  | { readonly kind: "next" };

const HAN_NUMERAL = "[0-9]{1,2}|[一二两三四五六七八九十]{1,3}";
const UNIT = "(?:条|个|点|项|步|种|句|款|类|位|样|件|招|家|名|大?方面|部分|阶段|小?节)?";
const ENGLISH_ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth";
const ENGLISH_NUMBERS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[0-9]{1,2}";
const REQUESTS: readonly (readonly [RegExp, (numeral: string) => ItemRequest | undefined])[] = [
  [new RegExp(`倒数第(${HAN_NUMERAL})${UNIT}`, "u"), (numeral) => counted("from-end", numeral)],
  [new RegExp(`最[后末]的?一?${UNIT}`, "u"), () => ({ kind: "from-end", ordinal: 1 })],
  [new RegExp(`第(${HAN_NUMERAL})${UNIT}`, "u"), (numeral) => counted("from-start", numeral)],
  [new RegExp(`[下后]一${UNIT}`, "u"), () => ({ kind: "next" })],
  [/\bsecond (?:to|from) (?:the )?last\b|\blast but one\b/u, () => ({ kind: "from-end", ordinal: 2 })],
  [/\b(?:last|final)\b/u, () => ({ kind: "from-end", ordinal: 1 })],
  [/\bnext\b/u, () => ({ kind: "next" })],
  [new RegExp(`\\b(${ENGLISH_ORDINALS})\\b`, "u"), (numeral) => counted("from-start", numeral)],
  [/\b([0-9]{1,2})(?:st|nd|rd|th)\b/u, (numeral) => counted("from-start", numeral)],
  [
    new RegExp(`(?:\\b(?:number|no\\.?|item|point|rule|step|measure)|#) ?(${ENGLISH_NUMBERS})\\b`, "u"),
    (numeral) => counted("from-start", numeral),
  ],
  [
    /还有(?:别的|其[他它]的?|更多)?|\b(?:anything else|what else|any ?more|more|others?|the rest|go on)\b/u,
    () => ({ kind: "next" }),
  ],
];
const FILLER =
  /^(?:那么?|这|请问|然后|还有|以及|又|具体|到底|内容|一下|说|讲|讲述|写|列|介绍|告诉|我|你|是|为|有|的|了|呢|吗|啊|呀|吧|什么|啥|哪|哪个|哪条|怎么|怎样|如何|措施|举措|建议|要求|规定|方面|原因|步骤|提示|原则|问题|任务|注意|事项|没有|没|哪些|再|重复|一遍|一次|看看|说说|讲讲|给|出|念|展开|详细|原文|解释|想|知道|要|听|看|and|but|so|then|there|any|again|repeat|quote|read|show|give|explain|could|can|would|will|you|i|want|to|know|hear|see|like|full|ok|okay|the|a|an|of|is|was|are|what|which|how|about|one|item|point|rule|step|measure|stage|reason|them|those|these|it|on|in|list|please|tell|me|say|says|said|does|do|s)$/u;

/** Whether a question asks for an item of a list, and nothing else that `lastQuestion` does not speak of. */
export function readItemRequest(question: string, lastQuestion: string): ItemRequest | undefined {
  const text = foldForSearch(question);
  const known = foldForSearch(lastQuestion);
  for (const [pattern, read] of REQUESTS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const rest = segmentWords(text.replace(match[0], " "));
    const isTold = rest.every(
      (word) => !/[\p{L}\p{N}]/u.test(word) || FILLER.test(word) || known.includes(word),
    );
    return isTold ? read(match[1] ?? "") : undefined;
  }
  return undefined;
}

function counted(kind: "from-start" | "from-end", numeral: string): ItemRequest | undefined {
  const ordinal = parseNumber(numeral);
  return ordinal === undefined || ordinal === 0 ? undefined : { kind, ordinal };
}
