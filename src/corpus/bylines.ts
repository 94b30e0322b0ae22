import { wordCost } from "../analysis/words.ts";

/** Words a byline may hold beside names. */
const ROLE =
  /^(?:[\p{Script=Han}]{0,8}(?:记者|記者|通讯员|通訊員|实习生|實習生)[:：]?|(?:作者|文|图|摄|摄影|攝|攝影|报道|報道|摄影报道|编辑|編輯|整理|供稿|撰文)(?:[:：]|$))/u;
const NOT_NAMES =
  /^(?:待续|未完|未完待续|节选|摘编|试行|综合|有删[节改]|(?:[如见左右上下]|资料)?图片?|.*(?:鼓掌|掌声|笑声)|.*(?:转|接)第?.*版)$/u;
const MAX_NAMES = 6;
/** A word of the dictionary that is more common than this, in nats, is no name unless its line says so. */
const COMMON_WORD_COST = 13;
/** Two-character family names, of which a name of two further characters is no surprise, and the most common others. */
const LONG_FAMILY_NAME =
  /^(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|端木|夏侯|宇文|长孙|独孤|南宫)/u;
const FAMILY_NAME =
  /^[李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文闫]/u;

const LATIN_NAME =
  "\\p{Lu}[\\p{L}.'’-]{0,20}(?: (?:(?:van|von|de|der|la|bin|al) ){0,2}\\p{Lu}[\\p{L}.'’-]{0,20}){1,3}";
/** Pattern of Ann Lee, Mark O'Neill and Jan van Dijk. */
export const LATIN_NAMES = `${LATIN_NAME}(?:(?:, and|,| and| &) ${LATIN_NAME}){0,5}`;
const BY_LINE = new RegExp(
  `^(?:(?:Words|Text|Story|Report|Written|Posted) )?(?:By|BY|by) (${LATIN_NAMES})$`,
  "u",
);
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
  const match = /^(.*?)[ \t\u3000\n]*[（(]([^（）()]{2,40})[）)]$/su.exec(text);
  if (!match) return undefined;
  const [, before, inside] = match;
  if (!/(?:^|[。！？…!?])[”’」』）)]*$/u.test(before!)) return undefined;
  const authors = readNames(inside!);
  return authors ? { text: before!, authors } : undefined;
}

/** The names of a line that is nothing but a byline and says so: 本报记者 孙七, 文/李四, □ 孙七, By Ann Lee. */
export function readAuthorLine(text: string): readonly string[] | undefined {
  const english = text.length <= MAX_BYLINE_CHARS ? BY_LINE.exec(text)?.[1] : undefined;
  if (english) return splitLatinNames(english);
  const saysSo = /^(?:[□■]|(?:作者|撰文|文|[^，。\s]{0,8}(?:记者|記者|通讯员|通訊員))[\s：:/／])/u.test(text);
  return saysSo ? readNames(text.replace(/^[□■]/u, "")) : undefined;
}

/** The names of a line that holds names and does not say so, where all begin with a common family name. */
export function readNameLine(text: string): readonly string[] | undefined {
  const names = /^[\p{Script=Han}\s、]+$/u.test(text) ? readNames(text) : undefined;
  const areSure = names?.every((name) =>
    LONG_FAMILY_NAME.test(name)
      ? name.length > 2
      : FAMILY_NAME.test(name) &&
        name.length <= 3 &&
        (wordCost(name.slice(0, 2)) ?? COMMON_WORD_COST) >= COMMON_WORD_COST,
  );
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
