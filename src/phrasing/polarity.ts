/** Words that contain a negation and do not negate. */
const IDIOMS =
  /不断(?!线)|不懈|不安全|不文明|不合格|不良|不法|不移|不动摇|不仅|不但|不只|不光|不同|不久|不过|不管|不论|不得不|不少(?!于)|不已|不锈钢|不(?:少|低|多|小)于|不(?:超过|足|到|满)|未来|无论|无线|无人机|无数|无疑|没收|\bnot (?:only|just|least|less than|fewer than|more than)\b|\bno (?:less|fewer|more|later|sooner) than\b|\bno\. ?(?=[0-9])|\bno doubt\b|\bnothing but\b/gu;
const NEGATION =
  /[不没未无勿]|否认|否定|并非|绝非|而非|拒绝|谢绝|缺[乏少]|\b(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|un(?:able|aware|certain|clear|equal|known|likely|paid|safe))\b|n['’]t\b|\b(?:fail|refus|reject|den(?:y|ied|ies)|lack)\w*/u;

/** Words of which one side excludes the other, Chinese and English, in folded text. */
const OPPOSITES: readonly (readonly [side: RegExp, opposite: RegExp])[] = (
  [
    [
      "提高|提升|增[加长强多]|上升|上涨|升[至到]|涨|扩大|改善|延长|加强|加快",
      "rise[sn]?|rose|rising|increas\\w*|grew|grow\\w*|higher|up(?! to)|improv\\w*|rais\\w*|strengthen\\w*|longer|gain\\w*",
      "降低|下降|减[少轻弱小缓]|下跌|跌|降[至到]|缩[小短减]|削弱|恶化|放慢",
      "falls?|fell|fallen|decreas\\w*|declin\\w*|drop\\w*|lower\\w*|down|reduc\\w*|worsen\\w*|weaken\\w*|shorten\\w*|shorter|shr[aiu]nk\\w*|cuts?",
    ],
    [
      "超过?(?=[0-9一二三四五六七八九十百千万两半])|逾|余(?=[万亿])|以上|至少|不(?:少|低|小)于|突破",
      "more than|over|above|at least|exceed\\w*|no (?:less|fewer) than|not (?:less|fewer) than|pass(?:ed|es)|upwards",
      "不(?:超过|足|到|满|多于)|以[下内]|至多|最多",
      "less than|fewer than|below|under|up to|at most|no more than|not more than",
    ],
    [
      "最(?:大|高|多|长|好|新)|新高",
      "largest|biggest|highest|longest|best|record high|most",
      "最(?:小|低|少|短|差|旧)|新低",
      "smallest|lowest|shortest|worst|record low|least",
    ],
    ["上半年", "first half", "下半年", "second half"],
    ["[今明后]年|[下本这]个?月", "(?:this|next) (?:year|month)", "[去前]年|上个?月", "last (?:year|month)"],
    ["[年月][底末]", "the end of", "[年月]初", "the (?:beginning|start) of"],
    ["上周", "last week", "上个?月|去年", "last (?:month|year)"],
    ["上个?月", "last month", "上周|去年", "last (?:week|year)"],
    ["明年|下个?月", "next (?:year|month)", "今年|[本这]个?月", "this (?:year|month)"],
    ["盈利|利润", "profits?", "亏损", "loss(?:es)?"],
    [
      "[清早]晨|黎明|上午",
      "dawn|mornings?",
      "傍晚|[下]午|[夜晚]间|晚上",
      "evenings?|afternoons?|nights?|dusk",
    ],
    ["[之以]前", "before|earlier", "[之以]后", "after|later"],
    ["省级", "provincial", "国家级|市级", "national|municipal"],
    [
      "每月|月度",
      "monthly|each month|every month|a month",
      "每[年周天日]|年度|一次性",
      "yearly|annual(?:ly)?|each (?:year|week|day)|every (?:year|week|day)|a (?:year|week|day)|daily|weekly|one-time",
    ],
    [
      "一次性",
      "one-time",
      "每[年月周天日]",
      "yearly|annual(?:ly)?|monthly|daily|weekly|every \\w+|each \\w+",
    ],
    [
      "接受|同意|批准|允许|支持",
      "accept\\w*|agree\\w*|approv\\w*|allow\\w*|permit\\w*|support\\w*",
      "拒绝|反对|驳回|禁止",
      "reject\\w*|refus\\w*|oppos\\w*|forb[ia]d\\w*|bans?|banned|prohibit\\w*",
    ],
    [
      "赢|获胜|成功|通过",
      "w[io]n|wins|succe\\w*|pass(?:ed)?",
      "输|败|落选",
      "lose|loses|lost|fail\\w*|defeat\\w*",
    ],
    [
      "开[始放工通业]|启动",
      "open\\w*|start\\w*|begin\\w*|began|begun",
      "结束|关闭|停[止工业]",
      "clos\\w*|end(?:s|ed)?|finish\\w*|stop\\w*",
    ],
  ] as const
).map(([han, words, otherHan, otherWords]) => [polar(han, words), polar(otherHan, otherWords)]);

function polar(han: string, words: string): RegExp {
  return new RegExp(`(?:${han})|\\b(?:${words})\\b`, "gu");
}

/** Whether a folded clause says something is not so. */
export function isNegated(clause: string): boolean {
  return NEGATION.test(clause.replace(IDIOMS, " "));
}

/** Whether a folded text says the opposite of what another says. */
export function contradicts(text: string, other: string): boolean {
  return bothWays().some(([own, opposite]) => has(text, own) && !has(other, own) && has(other, opposite));
}

/** The text without the words that say what words of the other say, too: "rose" beside 提高. */
export function withoutAgreed(text: string, other: string): string {
  return bothWays().reduce(
    (rest, [own, opposite]) =>
      has(other, own) && !has(other, opposite) ? rest.replace(own, (word) => " ".repeat(word.length)) : rest,
    text,
  );
}

function bothWays(): (readonly [RegExp, RegExp])[] {
  return OPPOSITES.flatMap(([side, opposite]) => [[side, opposite] as const, [opposite, side] as const]);
}

function has(text: string, pattern: RegExp): boolean {
  return text.search(pattern) >= 0;
}
