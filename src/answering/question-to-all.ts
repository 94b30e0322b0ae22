import { foldForSearch } from "../analysis/fold.ts";

/** Who asks a group is brief; longer messages were pasted. */
const MAX_CHARS = 300;

/**
 * Patterns of what people write, in folded text (small letters, Simplified characters). Each is cut to what the words
 * say for certain: where they leave a doubt, the message is no question to everyone.
 */
const PATTERNS = {
  /** Links, code, names that are called, commands, what is forwarded. */
  notPlain: /https?:|www\.|[`{}<>=;$\\|@【】]|\w\(|^\/|^(?:fwd?|re)\b|^\(?(?:转发?|转自|链接)[):：]/u,
  /** Asks whether anybody knows. What is asked is what stands with it. */
  anybody:
    /(?:(?:我?想|跟|向)?(?:请问|问一?下|求问|求助|求教|请教)(?:一?下)?(?:各位|大家|大佬|你们)?|(?:你们|各位|大家|群里|哪位)?(?:有没有人|有谁|有人|谁|哪位|大家|你们)(?:还|能|可以|都)?(?:知道|晓得|清楚|记得|了解)(?:吗|么|不)?|(?:有没有)?(?:有人|谁)手[头边上]里?有吗?|\b(?:does|do|can|could|would)? ?(?:any|some)(?:one|body)(?: here)?(?: happen to)? (?:know|remember|recall|tell (?:me|us))\b|\bdo (?:you (?:guys|all)|y'all) (?:know|remember)\b|\bweiß (?:jemand|wer)\b|\bquelqu'un sait\b|\balguien sabe\b|кто[- ]нибудь (?:знает|помнит)|(?:誰|どなた)か(?:知って|ご存)[^、。]{0,8})/gu,
  greeting:
    /^[\s,，、!！~～:：🙏]*(?:(?:早上?好?|上午好|下午好|晚上好|大家好|各位(?:同事|老师|好)*|大家|hi|hey|hello|hallo|bonjour|hola|good (?:morning|afternoon|evening))(?:啊|呀|各位|大家|\s+(?:all|everyone|everybody|folks|team|guys|there)\b)*[\s,，、!！~～:：]+)*/u,
  /** Begins with the name of a colleague. */
  colleague:
    /^(?:[老小阿]\p{Script=Han}{1,2}|\p{Script=Han}{0,3}(?:[哥姐总工编叔姨]|老师|主任|师傅|书记|经理|博士|教授|同学|部长|科长|处长|主编)|亲|领导|老板|兄弟|哥们)[，,、：:\s!！~～]|^(?:hey|hi|hello|dear|hallo|salut|hola)[\s,]+\p{L}+,|^\p{Script=Latin}+, |^\S{1,6}(?:さん|様|君|님|씨)[、，,\s]/u,
  secondPerson:
    /[你您妳]|\b(?:you|your|yours|u|ya|du|dich|dir|deine?|ihr|euch|tu|toi|ton|vous|votre|vos|tú|te|usted|ustedes|vosotros|opináis|opinan)\b|(?<!\p{L})(?:ты|вы|тебя|тебе|вас|вам|ваш\p{L}*|тво\p{L}+)(?!\p{L})|あなた|皆さん|みんな|당신|여러분/u,
  firstPerson:
    /[我咱俺]|\b(?:i|me|my|we|us|our|ich|mich|mein\p{L}*|wir|uns|unser\p{L}*|je|nous|notre|nosotros|mi)\b|(?<!\p{L})(?:я|мы|мне|нам|нас|наш\p{L}*)(?!\p{L})|私|僕|우리|저는/u,
  /** Asks who of the group does something. */
  amongUs:
    /有没?有?人|(?<!是)谁(?:有|带|看|去|帮|来|要|想|先)|哪位同|\b(?:any|some)(?:one|body)\b|\bjemand\b|\bquelqu'un\b|\balguien\b|誰か/u,
  /** Speaks of what was said before, or stands in view. */
  pointing:
    /^(?:这|那|该|此|它|他|她|其中|然后|所以)|\b(?:it|this|that|these|those|he|she|him|her|his)\b(?!')/u,
  opinion:
    /觉得|认为|看法|怎么看|怎么样|如何看|意见|值得|值不值|应该|该不该|要不要|能不能|可不可以|行不行|好不好|推荐|好[吃玩看用]|\b(?:think|opinions?|make of|worth|should|recommend|feel about|up for)\b/u,
  /** Expects no answer. */
  rhetorical:
    /难道|还用|何必|何苦|凭什么|怎么可能|怎么会|怎么又|不就是|还不是|谁(?:不|还|信|爱|敢|能想|想得|家|管|稀罕|在乎|会)|有(?:什么|啥)(?:好|用|办法|了不起|意思|稀奇)|算什么|叫什么(?:报道|事|话|新闻)|图(?:啥|什么)|干(?:啥|什么)的|哪(?:有|能|来|会)|能不|至于|也值得|这么|那么|这种|居然|竟然|还能|真的假的|不是吧|不会吧|不[^，。]吗|让不让|[信烦]不|谁[^，。]得|气人|(\p{Script=Han}{1,2})[^，。]{0,8}\1在(?:哪|何)|\b(?:seriously|really|needs?|cares?|who (?:reads|writes)|why (?:would|bother|even)|how (?:hard|come|dare|is that)|isn't|aren't|wasn't|don't|doesn't|didn't|won't)\b/u,
  /** Only mentions a question, or means whatever its answer is. */
  mentioned:
    /^(?:下面|以下|关于|把|将|请(?!问)|先|再|要(?!注)|想|领导|老板|别|都|看|说|讲|聊|谈|写)|不管|无论|任何|问|知道|明白|懂|清楚|(?:问|考|写|讲|说|列|介绍|总结|记住|忘)[了过到][^，。？]{3,}(?:谁|什么|哪|多少|几)|(?:谁|什么|啥|哪\S|多少|几\S|怎么)[^，。？]{0,8}(?:[都也](?!有)|[要得应需先别](?!求))|(多少|谁|什么|哪).{1,4}\1|[:：]/u,
  marked: /[?？؟;]\s*$/u,
  han: /谁|什么|啥|多少|(?<!十)几(?!乎|率|何|十)|哪|何[时处人地年月日]|多[久高长大远重深宽厚]|怎[么样]|咋|如何|为何|是否|有没有|是不是/u,
  /** A statement ends, or somebody's words do. */
  stated: /[。.”」』"]\s*$/u,
  /** Ask with a mark only. */
  hanClosed: /[吗么吧][?？\s]+$|还是/u,
  /** An inverted verb tells a question from what begins alike ("How a mine keeps its workers safe"). */
  english:
    /^(?:and |so |ok |but |also )*(?:(?:in|at|on|by|for|from|to|with|of|until|since) )?(?:who|whose|whom|what|which|how (?:much|many|long|old|far|big|large|high|tall|deep|often|wide|fast)|(?:how|when|where|why) (?:is|are|was|were|did|does|do|has|have|had|can|could|will|would))\b(?! (?:a|an|ever)\b)/u,
  /** After "does anybody know". */
  englishIndirect: /^(?:who|what|which|when|where|how)\b/u,
  closed: /^(?:is|are|was|were|did|does|do|has|have|had|can|could|will)\b/u,
  otherLatin:
    /^[¿¡\s]*(?:(?:um|zu|seit|aus|von|mit|à|de|depuis|pour|avec|en|a|por|con|desde|para) )?(?:wer|wen|wem|wessen|was|welche[rsnm]?|wann|wo|woher|wohin|wie|warum|qui|que|quoi|quel(?:le)?s?|quand|où|combien|quién(?:es)?|qué|cu[aá]l(?:es)?|cu[aá]ndo|d[oó]nde|cu[aá]nt[oa]s?|cómo)(?!\p{L})/u,
  cyrillic:
    /^(?:(?:в|на|с|к|до|от|из|о|за) )?(?:кто|кого|кем|что|чего|где|куда|когда|сколько|как\p{L}*|чей|чья)(?!\p{L})/u,
  japanese: /(?:です|ます|した|でしょう|の)か[\s。?？]*$|[?？]\s*$/u,
  /** May follow a question: thanks, and what it is asked for. */
  after:
    /^\s*(?:谢|多谢|感谢|拜托|求|急|在线等|我?要|我?写|我?得|我?想|麻烦|知道的|thanks?|thx|ty\b|need|asking|danke|merci|gracias|спасибо)|^[^\p{L}\p{N}]*$/u,
} as const;

/**
 * The question that a message in a group asks everyone, as it stands there; undefined where it asks none, or one that
 * is for somebody, for opinions or for no answer at all. Cheap, and in doubt undefined. `isSure` says of its answer
 * whether it may be given unasked.
 */
export function questionToAll(message: string): string | undefined {
  const text = message.trim();
  if (text.length > MAX_CHARS || has(foldForSearch(text), "notPlain")) return undefined;
  const sentences = text.match(SENTENCE)?.map((sentence) => sentence.trim()) ?? [];
  const folded = sentences.map(foldForSearch);
  const asking = folded.flatMap((sentence, i) => (asksAnything(sentence) ? [i] : []));
  const [at] = asking;
  if (at === undefined || asking.length > 1 || folded.some((sentence) => has(sentence, "colleague")))
    return undefined;
  if (!folded.slice(at + 1).every((sentence) => has(sentence, "after"))) return undefined;
  return asksAll(folded[at]!) ? sentences[at] : undefined;
}

/** Up to the mark that ends it; a full stop ends one only before white space ("66.83%"). */
const SENTENCE = /(?:[^。！？!?؟.\n]|\.(?!\s|$))+[。！？!?؟.]*[”」』"]*|[。！？!?؟]+/gu;

/** Whether a folded sentence has the form of a question. */
function asksAnything(sentence: string): boolean {
  const clause = lastClause(sentence);
  const isMarked = has(sentence, "marked");
  if (clause === "" || has(sentence, "stated")) return false;
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(sentence)) return has(sentence, "japanese");
  if (/\p{Script=Han}/u.test(sentence)) return has(clause, "han") || (isMarked && has(clause, "hanClosed"));
  if (has(sentence, "anybody") && has(clause, "englishIndirect")) return true;
  if (/\p{Script=Latin}/u.test(sentence))
    return has(clause, "english") || has(clause, "otherLatin") || (isMarked && has(clause, "closed"));
  return isMarked || has(clause, "cyrillic");
}

/** Whether a folded sentence that asks does so of everyone, and for facts. */
function asksAll(sentence: string): boolean {
  const plain = withoutAnybody(sentence);
  const clause = lastClause(sentence);
  if (FOR_NOBODY.some((name) => has(plain, name)) || has(clause, "firstPerson") || has(clause, "pointing"))
    return false;
  return has(sentence, "marked") || !has(clause, "mentioned");
}

const FOR_NOBODY = ["secondPerson", "amongUs", "opinion", "rhetorical"] as const;

/** The last clause of a folded sentence that is not only about whether anybody knows. */
export function lastClause(sentence: string): string {
  const clauses = withoutAnybody(sentence).split(/[，,；：]|[:;](?!\d)/u);
  return clauses.map((clause) => clause.trim()).findLast((clause) => /[\p{L}\p{N}]/u.test(clause)) ?? "";
}

/** A folded sentence without greeting, and without what only asks whether anybody knows. */
export function withoutAnybody(sentence: string): string {
  return sentence.replace(PATTERNS.anybody, "").replace(PATTERNS.greeting, "").trim();
}

function has(text: string, name: keyof typeof PATTERNS): boolean {
  return text.search(PATTERNS[name]) >= 0;
}
