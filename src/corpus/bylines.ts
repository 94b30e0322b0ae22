import { foldForSearch } from "../analysis/fold.ts";
import { wordCost } from "../analysis/words.ts";

/** Words a byline may hold beside names. */
const ROLE =
  /^(?:[\p{Script=Han}]{0,8}(?:记者|記者|通讯员|通訊員|实习生|實習生)[:：]?|(?:作者|文|图|摄|摄影|攝|攝影|报道|報道|摄影报道|编辑|編輯|整理|供稿|撰文)(?:[:：]|$))/u;
const NOT_NAMES =
  /^(?:待续|未完|未完待续|节选|摘编|试行|综合|有删[节改]|(?:[如见左右上下]|资料)?图片?|.*(?:鼓掌|掌声|笑声)|.*(?:转|接)第?.*版)$/u;
const MAX_NAMES = 6;
/** A word of the dictionary that is more common than this, in nats, is no name unless its line says so. */
const COMMON_WORD_COST = 13;
/** The dictionary knows places (马德里) that are more common than this, and writers (王小波) that are less. */
const FAMOUS_NAME_COST = 12.6;
/** Two-character family names, of which a name of two further characters is no surprise, and the most common others. */
const LONG_FAMILY_NAME =
  /^(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|端木|夏侯|宇文|长孙|独孤|南宫)/u;
const FAMILY_NAME =
  /^[李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文闫穆柯俞葛祝鲁戚费岑柳鲍殷毕屈闵颜骆樊凌霍虞莫裴翁甄焦甘厉詹卓蔺翟冉庄瞿艾耿匡洪阮聂佟施倪宗岳辛涂荆尤计]/u;

/** What stands before a speaker's or writer's name: a post, or an office. */
const POST =
  /^[\p{Script=Han}（）()、]{0,24}(?:书记|書記|主任|主席|主编|[局市县區区镇乡校院部处科会所站队厂社馆總总董]长|董事长|秘书长|经理|教授|研究员|教师|老师|委员|代表|[局委厅院校会部办室司馆所处社站]|大学|公司|集团|中心|中学|小学|工会|支部)$/u;
/** The bracket of 本报讯（记者 孙七）, and of 【記者孫七報道】. */
const OPENING =
  /^(?:【?[^，。（(【】]{0,20}[讯訊电電]】?\s?[（(]|[（(【])((?:本报|本報|本刊|本网|本網|本台|见习|實習|实习|特约)?(?:记者|記者|通讯员|通訊員)[^（）()【】]{2,40})[）)】]/u;

const LATIN_NAME =
  "\\p{Lu}[\\p{L}.'’-]{0,20}(?: (?:(?:van|von|de|der|la|bin|al) ){0,2}\\p{Lu}[\\p{L}.'’-]{0,20}){1,3}";
/** Pattern of Ann Lee, Mark O'Neill and Jan van Dijk. */
export const LATIN_NAMES = `${LATIN_NAME}(?:(?:, and|,| and| &) ${LATIN_NAME}){0,5}`;
const BY_LINE = new RegExp(
  `^(?:(?:Words|Text|Story|Report|Written|Posted) )?(?:By|BY|by) (${LATIN_NAMES})(?:,? (?:(?:staff|senior|chief|contributing|special|guest|news|city) )?(?:writer|reporter|correspondent|columnist|editor))?$`,
  "u",
);
/** Behind the writer stands who took the pictures, or edited. */
const OTHER_HANDS = /[\s\u3000、|｜]+(?:摄影|攝影|插图|制图|编辑|責編|责编)\s*[:：/／|｜].*$/su;
/** 孙七（七年级五班） */
const CLASS = /[（(][^（）()]{1,8}[班级系]\s?[)）]$/u;
const MAX_BYLINE_CHARS = 120;

export interface Byline {
  /** What stands before it, without white space at the end. */
  readonly text: string;
  readonly authors: readonly string[];
}

/**
 * Names in brackets behind the last sentence of `text`, or all there is of it. A name cut by a line's end is whole
 * again when `text` keeps its newline.
 */
export function readByline(text: string): Byline | undefined {
  const match = /[（(]([^（）()]{2,40})[）)]$/u.exec(text);
  if (!match) return undefined;
  const before = text.slice(0, match.index).trimEnd();
  if (!/(?:^|[。！？…!?])[”’」』）)]*$/u.test(before)) return undefined;
  const authors = readNames(match[1]!);
  return authors ? { text: before, authors } : undefined;
}

/** The names with which a report opens: 本报讯（记者 孙七）, 【記者孫七報道】. */
export function readOpening(text: string): readonly string[] {
  const inside = OPENING.exec(text)?.[1];
  return (inside && readNames(inside.replace(/(?:综合|綜合)?(?:报道|報道|報導)$/u, ""))) || [];
}

/** The names of a line that is nothing but a byline and says so: 本报记者 孙七, 文/李四, □ 孙七, By Ann Lee. */
export function readAuthorLine(text: string): readonly string[] | undefined {
  if (text.length > MAX_BYLINE_CHARS) return undefined;
  const english = BY_LINE.exec(text)?.[1];
  if (english) return splitLatinNames(english);
  const saysSo = /^(?:[□■]|(?:作者|撰文|文|[^，。\s]{0,8}(?:记者|記者|通讯员|通訊員))[\s：:/／])/u.test(text);
  return saysSo
    ? readNames(text.replace(/^[□■]/u, "").replace(OTHER_HANDS, "").replace(CLASS, ""))
    : undefined;
}

/** The name behind a post or an office, as it stands under a speech's or a report's title: 县委书记　孙七. */
export function readPostLine(text: string): readonly string[] | undefined {
  const [, post, name] = /^(\S{2,30})[\s\u3000]+(\S{2,4}|\S[\s\u3000]{1,4}\S)$/u.exec(text) ?? [];
  if (!post || !name || !POST.test(post)) return undefined;
  const names = readNames(name);
  const areSure = names
    ?.map(foldForSearch)
    .every((one) => (FAMILY_NAME.test(one) || LONG_FAMILY_NAME.test(one)) && costOf(one) >= COMMON_WORD_COST);
  return areSure ? names : undefined;
}

/** The names of a line that holds names and does not say so, where all begin with a common family name. */
export function readNameLine(text: string): readonly string[] | undefined {
  const names = /^[\p{Script=Han}\s、]+$/u.test(text) ? readNames(text) : undefined;
  const areSure = names?.map(foldForSearch).every((name) => {
    if (LONG_FAMILY_NAME.test(name)) return name.length > 2;
    const isPlain = FAMILY_NAME.test(name) && name.length <= 3;
    return isPlain && costOf(name.slice(0, 2)) >= COMMON_WORD_COST && costOf(name) >= FAMOUS_NAME_COST;
  });
  return areSure ? names : undefined;
}

/** One to six names, with or without the words of a byline around them; undefined for anything else. */
export function readNames(inside: string): string[] | undefined {
  const tokens = mendWrap(inside)
    .split(/[\s\u3000、，,/／|]+/u)
    .filter((token) => token !== "");
  const names = pairSingles(tokens.flatMap(stripRole));
  if (names.length === 0 || names.length > MAX_NAMES) return undefined;
  return names.every(isName) ? names : undefined;
}

export function splitLatinNames(names: string): string[] {
  return names.split(/,? and |, | & /);
}

/** A wrap parts names where both sides can be one, else it cut one name. */
function mendWrap(inside: string): string {
  return inside.replace(
    /(\p{Script=Han}*)[ \t]*\n\s*(\p{Script=Han}*)/u,
    (_, left: string, right: string) => {
      const isCut =
        left.length < 2 ||
        right.length < 2 ||
        (left.length + right.length <= 4 && LONG_FAMILY_NAME.test(left));
      return isCut ? left + right : `${left} ${right}`;
    },
  );
}

function stripRole(token: string): string[] {
  const name = token.replace(ROLE, "");
  return name === "" ? [] : [name];
}

/** 刘 伟: typographers space out short names. */
function pairSingles(tokens: readonly string[]): string[] {
  const names: string[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const [token, next] = [tokens[index]!, tokens[index + 1]];
    if (token.length === 1 && next?.length === 1) {
      names.push(token + next);
      index++;
    } else names.push(token);
  }
  return names;
}

function isName(token: string): boolean {
  return (
    (/^\p{Script=Han}{2,4}$/u.test(token) || /^\p{Script=Han}+(?:·\p{Script=Han}+)+$/u.test(token)) &&
    !NOT_NAMES.test(token)
  );
}

/** What is no word of the dictionary is as surprising as any. */
function costOf(word: string): number {
  return wordCost(word) ?? Number.POSITIVE_INFINITY;
}
