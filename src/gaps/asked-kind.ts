import { foldForSearch } from "../analysis/fold.ts";

/** Words that ask for a kind of thing, in folded text: Chinese, English, and languages that the model knows less well. */
const KINDS = Object.entries({
  time: /几点|几号|几[月日]|什么时[候间]|何时|哪一?[年月天日]|星期几|周几|日期|\bwhen\b|\bwhat time\b|\b(?:what|which) (?:day|date|year|month)\b|\bwann\b|\bquand\b|\bcu[aá]ndo\b|когда|いつ|何时|언제/u,
  duration:
    /多久|多长时间|[几多]少?天|多长|\bhow long\b|\bhow many days\b|\bwie lange\b|\bcombien de temps\b|\bcu[aá]ntos d[ií]as\b/u,
  money:
    /多少钱|收费|费用|价格?|售价|几块|奖金|\bcosts?\b|\bprices?\b|\bhow much (?:is|are|does)\b|\bfees?\b|\bpay\b|\bkostet\b|\bprix\b|\bprecio\b|стоит|цена|いくら|얼마/u,
  amount:
    /多少|几[个位名本人起]|\bhow (?:many|much|large|big|heavy|deep|high)\b|\bwie ?viele?\b|\bcombien\b|\bcu[aá]nt|сколько|몇|얼마/u,
  who: /谁|\bwho(?:m|se)?\b|\bwer\b|\bqui\b|\bqui[eé]n|кто|だれ|누구/u,
  where: /哪[里儿]|什么地方|地址|何处|在哪|\bwhere\b|\bwo\b|\boù\b|\bd[oó]nde\b|где|куда|どこ|어디/u,
  why: /为什么|为何|原因|\bwhy\b|\bwarum\b|\bpourquoi\b|\bpor qu[eé]\b|почему|なぜ|왜/u,
  how: /怎么|怎样|如何|流程|方法|\bhow (?:do|can|to|is|are|does)\b|\bwie (?:kann|bekomme|geht)\b|\bcomment\b|\bc[oó]mo\b|どうやって|어떻게/u,
  closed: /吗[？?]?$|能否|可否|是否|可不可以|能不能|有没有|^(?:can|may|is|are|do|does|did|was|were|will)\b/u,
});

/** What kinds of thing a question asks for, as far as its words say: a bit each. */
export function askedKinds(question: string): number {
  const text = foldForSearch(question);
  return KINDS.reduce((bits, [, words], i) => bits | (words.test(text) ? 1 << i : 0), 0);
}
