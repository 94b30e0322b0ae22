import { foldForSearch } from "../analysis/fold.ts";

/** What is told of an article beside its text. */
export type Detail = "authors" | "title" | "publishedAt" | "source";

const ARTICLE = "文章|报道|新闻|稿子?|通讯|\\b(?:article|report|story|piece|text)s?\\b";
/** What may stand between the words that ask, and says no more than "it". */
const REFERENCE = `(?:[是由在它被的]|[这那该本此]篇?|${ARTICLE}|\\b(?:it|this|that|the|was|is|were|did|has|been|first)\\b|\\s)*`;
const WHEN = "(?:什么时[候间]|何时|哪一?[天年月日]|几[号月])";
const PUBLISH = "(?:发[表布]|刊[登发]|登出?|见报|出版|报道|写作?|发)";
const WHO = "(?:谁|哪[一几两]?[位名个些]?(?:作者|记者|通讯员|人)?)";
const WRITE = "(?:写|撰写?|报道|执笔)";
const PAPER = "(?:报纸|报社|媒体|刊物|杂志)";
/** Words that ask for a detail, in folded text; the first that fits decides. */
const DETAILS: readonly (readonly [Detail, RegExp])[] = [
  detail(
    "publishedAt",
    `${WHEN}${REFERENCE}${PUBLISH}的?`,
    `${PUBLISH}[的于]?(?:时间|日期|${WHEN})`,
    `\\bwhen ${REFERENCE}(?:published|posted|printed|written|appear(?:ed)?)\\b`,
    "\\b(?:publication|publishing) date\\b|\\bdate of publication\\b",
    "\\bdate of (?:the|this|that) (?:article|report|story)\\b",
  ),
  detail(
    "title",
    "标题|题目|题为|篇名",
    "(?:哪一?|什么)[篇则个条]?(?:文章|报道|新闻|稿子?)",
    "\\bheadlines?\\b|\\btitled?\\b|\\b(?:which|what) (?:article|report|story|piece)",
    "\\bwhat(?:'s| is) (?:it|the article) called\\b",
  ),
  detail(
    "source",
    "出处|来源|(?:出自|刊?登在|发表在|刊于|发在|见于)(?:何处)?",
    `(?:哪一?[家份张个]?|什么)?${PAPER}|哪一?[家份张]报(?!道)|第?[几哪]一?版`,
    "\\bsources?\\b|\\b(?:which|what) (?:newspaper|paper|magazine|page|journal|outlet)",
    `\\bwhere ${REFERENCE}(?:published|printed|from|appear)\\b`,
  ),
  detail(
    "authors",
    `作者|署名|撰稿人?|执笔|笔者|^(?:记者|通讯员)|哪[位名个](?:记者|通讯员)`,
    `${WHO}${REFERENCE}${WRITE}|${WRITE}${REFERENCE}${WHO}`,
    `\\bwhom? ${REFERENCE}(?:wrote|written|reported|writes)\\b|\\bwritten by\\b`,
    "\\bauthors?\\b|\\bbyline\\b|\\breporters?\\b|\\bwriters?\\b",
  ),
];
/** Says nothing of which article is meant but that it is the one spoken of. */
const FILLER = new RegExp(
  `${ARTICLE}|请问|顺便|那么|以及|还有|然后|刚才|上面|知道|告诉我?|叫|名字|什么|多少|几|哪|谁|[这那本该此一篇则条个位名家份些里儿文是的了呢啊呀吗吧都有由请在和与及写报刊登发出自于说讲它其]|\\b(?:and|but|so|then|also|the|a|an|of|by|in|on|at|from|for|to|it|its|this|that|these|those|is|was|were|are|did|does|do|has|been|be|whom?|what|when|which|where|whose|how|about|please|tell|me|you|know|names?|exactly|says?|said)\\b|'s`,
  "gu",
);

/** The detail of the article spoken of that a question asks for, and no more; else undefined. */
export function readDetail(question: string): Detail | undefined {
  const text = foldForSearch(question);
  const found = DETAILS.find(([, pattern]) => text.search(pattern) >= 0);
  if (found === undefined) return undefined;
  const rest = text.replace(found[1], " ").replace(FILLER, " ");
  return /[\p{L}\p{N}]/u.test(rest) ? undefined : found[0];
}

function detail(name: Detail, ...patterns: readonly string[]): readonly [Detail, RegExp] {
  return [name, new RegExp(patterns.join("|"), "gu")];
}
