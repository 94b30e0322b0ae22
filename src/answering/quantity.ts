/** A number as a text writes it, up to its unit: 3, 2.5万, 1100余万, 二十多. */
const NUMBER = "(?:[0-9]|[一二三四五六七八九十百千万两半])[0-9.,]* ?[多余几]?[十百千万亿]*[多余]? ?";

/** Kinds of quantity whose question names another unit than the answer, or none. They meet folded text. */
const KINDS: readonly { readonly asks: RegExp; readonly unit: string }[] = [
  {
    asks: /(?:多少|几)[万亿百千]*(?:[元块钱]|资金|奖金|费用|补贴)|(?:价格|金额|票价|费用|奖金|售价)[是为有]?多|\bhow much (?:money|prize|reward|funding|does .*\bcost|did .*\bcost|will .*\b(?:cost|pay))|\bwhat (?:is|was) the (?:price|cost|fee)\b/u,
    unit: "[美欧日港]?(?:元|块)|英镑|免费",
  },
  {
    asks: /(?:多少|几)[万亿百千]*[名位个]?(?:人(?![次均口])|员工|职工|居民|学生|选手|观众|士兵|代表)|\bhow many (?:\w+ )?(?:people|employees|workers|members|students|residents|spectators|visitors|participants)\b/u,
    unit: "(?:的? ?(?:人|居民|乘客)|名|位|户|口)|分之. ?的?人",
  },
  { asks: /[哪几]点(?!建议|要求|意见)|\bwhat time\b/u, unit: "(?:时(?!间|代|期)|点|(?<=[0-9]):[0-9]{2})" },
  {
    asks: /多少(?:公里|千米|英里|米)|多[远深宽](?!的)|\bhow (?:far|deep|tall|wide|many (?:kilomet|met(?:er|re)|mile))/u,
    unit: "(?:公里|千米|英里|海里|光年|厘米|毫米|[里米丈尺])",
  },
  {
    asks: /多大(?:年纪|岁数|了)|几岁|年龄|\bhow old\b/u,
    unit: "(?:周?岁|年(?:[0-9一二三四五六七八九十]+月)?(?:[0-9一二三四五六七八九十]+日)?出?生)",
  },
  {
    asks: /哪一?天|几月几[日号]|几号(?!线)|什么日期|\b(?:what|which|exact) (?:date|day)\b/u,
    unit: "(?:[日号]|天)",
  },
  {
    asks: /多久(?!.{0,12}[一1][次回遍])|多长时间|几(?:年|个月|天|个?小时|分钟)(?![级前])|\bhow long (?:does|did|do|is|was|will|has|have)\b/u,
    unit: "(?:年|个?月|天|[日夜]|个?小时|分钟|秒|周|星期)",
  },
  {
    asks: /电话(?:号码?)?(?:是|为)?多少|(?:电话|手机)号|\bphone number\b/u,
    unit: "(?<=[0-9-]{7,}|(?<![0-9])(?:1[12][0-9]|12[0-9]{3}|100[0-9]{2}|9[56][0-9]{3,4}))(?![0-9])",
  },
  { asks: /\bhow (?:many|much) (?:kilowatt|kwh|electricity)/u, unit: "(?:度|千瓦时)" },
  { asks: /\bhow many (?:metric )?ton(?:ne)?s\b/u, unit: "吨" },
  { asks: /\bhow many times\b/u, unit: "次" },
];

/** 多少度电, 几台: the unit stands in the question. */
const NAMED_UNIT =
  /(?:多少|几)[万亿百千]*(小时|分钟|公斤|千克|平方米|立方米|[度吨斤克天座台套辆架艘条项次场倍篇部家件卷支届方亩岁]|号线)/u;

/**
 * What a text must hold to give the quantity that a question asks for ("多少度电", "how much money"), or undefined
 * where none with a known unit is asked for. Both texts folded. Knows Chinese articles only: a text without Han
 * characters always passes.
 */
export function quantityTest(question: string): ((text: string) => boolean) | undefined {
  const unit = KINDS.find(({ asks }) => asks.test(question))?.unit ?? NAMED_UNIT.exec(question)?.[1];
  if (unit === undefined) return undefined;
  const quantity = new RegExp(`${NUMBER}(?:${unit})|^\\P{Script=Han}*$`, "u");
  return (text) => quantity.test(text);
}
