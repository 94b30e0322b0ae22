/** Words that contain a negation and do not negate. */
const IDIOMS =
  /不[断懈良法仅但只光同久过管论已]|不安全|不得不|不锈钢|不(?:少|低|多|小)于|不(?:超过|足|到|满)|未来|[无勿]论|无[线数疑]|无人机|\bnot (?:only|just|least|less than|fewer than|more than)\b|\bno (?:less|fewer|more|later) than\b/gu;
const NEGATION =
  /[不没未无勿]|否认|并非|绝非|而非|拒绝|缺[乏少]|\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|un(?:able|likely|known|safe))\b|n['’]t\b|\b(?:fail|refus|reject|den(?:y|ied|ies)|lack)\w*/u;

/** Words of which one side excludes the other: vectors hardly tell them apart. */
const OPPOSITES: readonly (readonly [side: RegExp, opposite: RegExp])[] = [
  [
    /提[高升]|增[加长强多]|上[升涨]|升[至到]|扩大|改善|延长|\b(?:r[io]se[sn]?|rising|increas\w*|gr[eo]w\w*|up(?! to)|improv\w*|rais\w*|strengthen\w*|longer)\b/u,
    /降低|下[降跌]|减[少弱小缓]|降[至到]|缩[小短减]|削弱|恶化|\b(?:f[ae]ll(?:s|en)?|decreas\w*|declin\w*|drop\w*|lower\w*|down|reduc\w*|wors\w*|weaken\w*|short\w*|cuts?)\b/u,
  ],
  [
    /超过?(?=[0-9一二三四五六七八九十百千万两])|逾|以上|至少|不(?:少|低|小)于|突破|\b(?:more than|over|above|at least|exceed\w*|no(?:t)? (?:less|fewer) than)\b/u,
    /不(?:超过|足|到|满|多于)|以[下内]|[至最]多|(?<!not? )\b(?:less than|fewer than|below|under|up to|at most|not? more than)\b/u,
  ],
  [
    /最[大高多长好新]|新高|\b(?:largest|biggest|highest|longest|best|record high|most)\b/u,
    /最[小低少短差旧]|新低|\b(?:smallest|lowest|shortest|worst|record low|least)\b/u,
  ],
  [/上半年|\bfirst half\b/u, /下半年|\bsecond half\b/u],
  [/[今明]年|下个?月|\b(?:this|next) (?:year|month)\b/u, /[去前]年|上个?月|\blast (?:year|month)\b/u],
  [/[年月][底末]|\bthe end of\b/u, /[年月]初|\bthe (?:beginning|start) of\b/u],
  [/盈利|利润|\bprofits?\b/u, /亏损|\bloss(?:es)?\b/u],
  [
    /[清早]晨|黎明|上午|\b(?:dawn|mornings?|a\.?m)\b/u,
    /傍晚|下午|[夜晚]间|晚上|\b(?:evening|afternoon|night|dusk|p\.?m)/u,
  ],
  [/[之以]前|\b(?:before|earlier)\b/u, /[之以]后|\b(?:after|later)\b/u],
  [
    /接受|同意|批准|允许|支持|\b(?:accept|agree|approv|allow|permit|support)\w*/u,
    /拒绝|反对|驳回|禁止|\b(?:reject|refus|oppos|forb[ia]d|ban|prohibit)\w*/u,
  ],
  [/赢|获胜|成功|\b(?:w[io]ns?|succe\w*)\b/u, /输|败|落选|\b(?:los[et]s?|fail\w*|defeat\w*)\b/u],
  [/开[始放工通业]|启动|\b(?:open|start|beg[aiu]n)\w*/u, /结束|关闭|停[止工业]|\b(?:clos|finish|stop)\w*/u],
];

/** Whether a folded clause says something is not so. */
export function isNegated(clause: string): boolean {
  return NEGATION.test(clause.replace(IDIOMS, " "));
}

/** Whether a folded text says the opposite of what another says. */
export function contradicts(text: string, other: string): boolean {
  return OPPOSITES.some(([one, two]) =>
    [
      [one, two],
      [two, one],
    ].some(([own, opposite]) => own!.test(text) && !own!.test(other) && opposite!.test(other)),
  );
}
