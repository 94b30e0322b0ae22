import { LATIN_NAMES, readNames, splitLatinNames } from "./bylines.ts";
import { findDate, locateDate } from "./dates.ts";
import { endsSentence } from "./lines.ts";

/** What a source says of its own publication. */
export interface Imprint {
  /** ISO 8601. */
  readonly publishedAt?: string;
  readonly authors: readonly string[];
}

export interface WithoutImprint<T> extends Imprint {
  readonly lines: readonly T[];
}

const MAX_LINE_CHARS = 120;
/** As many lines as may stand above a body. */
const MAX_HEAD_LINES = 6;
const MAX_FOOT_LINES = 3;
/** One above the body, one below, one of an update. */
const MAX_DATED_LINES = 3;
const MAX_SEARCHED_LINES = 40;

/** Parts of a line that says when, where and by whom something was published. */
const PARTS: readonly RegExp[] = [
  /[T ]?\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?(?:\s?[ap]\.?m\.?)?(?!\d)/giu,
  /(?:星期|周|礼拜|禮拜)[一二三四五六日天]|\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)day\b|[上下]午|北京时间|北京時間|\b(?:GMT|UTC|[EB]ST)\b/giu,
  /(?:文章|稿件|信息|新闻|新聞|本文|消息)?(?:来源|來源|出处|稿源|发布单位|发布机构|发布者|发布人)[:：]\s{0,2}[^\s|｜]{1,24}/gu,
  /(?:责任编辑|責任編輯|责编|編輯|编辑|校对|审核|编审|美编|值班主任|签发|初审|复审|终审)\s?[:：]\s{0,2}[\p{Script=Han}·、]{2,16}/gu,
  /(?:阅读|閱讀|浏览|瀏覽|点击|點擊|访问|评论|評論|点赞|分享(?![到至])|已读|人气)(?:次数|量|数|數)?\s?[:：]?\s?\d{0,9}\s?[次人]?/gu,
  /\b\d{1,3}[ -]min(?:ute)?s?(?: read)?\b|(?:阅读|閱讀|预计)(?:时间|時間|时长|需)?[:：]?\s?约?\d{1,3}\s?分[钟鐘]/giu,
  /(?:字号|字體|字体)[:：]?\s?(?:[大中小]\s?){0,3}|[【[]\s?(?:打印|关闭|收藏|[大中小])(?:[ 　]?[大中小])*\s?[】\]]|打印本页|关闭窗口/gu,
  /(?:分享到|分享至|分享)\s?[:：]?(?:\s{0,3}(?:微信|微博|QQ空间|QQ|朋友圈|更多)){0,6}/gu,
  /(?:发布|發布|發佈|发表|發表|刊发|刊登|更新|上传|录入|成文|印发)(?:时间|時間|日期|于|於)?|时间|時間|日期|\b(?:(?:first )?published|posted|updated|last (?:updated|modified)|date|on|at)\b/giu,
];
const NAMED =
  /(?:作者|(?:本报|本網|本网|本刊|本台|见习|實習|实习|特约)?(?:记者|記者)|撰文|撰稿|通讯员|文)\s?[:：/／]\s{0,2}((?:\p{Script=Han}{2,4}(?:[、，,]|\s(?!\S{0,8}[:：]))?){1,6})/gu;
const ENGLISH_NAME = new RegExp(`\\b(?:By|BY|by) (${LATIN_NAMES})`, "gu");
const FILLER = /^[\s|｜/／·•,，:：;；()（）[\]【】—–-]*$/u;
/** A newspaper page's own line: its date, weekday and number. */
const FOLIO =
  /星期[一二三四五六日天]|第\s?[\d一二三四五六七八九十A-Z]{1,4}\s?版|第\s?\d{1,5}\s?期(?=$|[\s（(|｜])|总第\s?\d{1,6}\s?期/u;
/** Of a magazine, which tells its number instead of a day. */
const ISSUE = /[（(]\s?总第\s?\d{1,6}\s?期\s?[)）]/u;
const OFFICE =
  /^[\p{Script=Han}\d（）()]{0,24}[局委厅院校会部办室司心府馆所处社站园道镇乡村团学组队厂行科署庭店协网]$/u;

/** What a line tells that holds nothing but such parts; undefined for any other line. */
export function readImprint(line: string): Imprint | undefined {
  if (line.length > MAX_LINE_CHARS) return undefined;
  const found = locateDate(line);
  const authors: string[] = [];
  let rest = found ? `${line.slice(0, found.start)} ${line.slice(found.end)}` : line;
  // An article that was updated has two dates.
  const second = found && locateDate(rest);
  if (second) rest = `${rest.slice(0, second.start)} ${rest.slice(second.end)}`;
  rest = rest
    .replace(NAMED, (_, names: string) => {
      authors.push(...(readNames(names.trim()) ?? []));
      return " ";
    })
    .replace(ENGLISH_NAME, (_, names: string) => {
      authors.push(...splitLatinNames(names));
      return " ";
    });
  for (const part of PARTS) rest = rest.replace(part, " ");
  if (rest.trim() === line.trim() || !FILLER.test(rest)) return undefined;
  return { ...(found ? { publishedAt: found.date } : {}), authors };
}

/**
 * The lines without those above the body that say when it was published, and the date they or a signature below it
 * give; a signature stays. A date in a sentence of the body is never taken.
 */
export function takeImprint<T>(lines: readonly T[], textOf: (line: T) => string): WithoutImprint<T> {
  const rest = [...lines];
  const authors: string[] = [];
  let publishedAt: string | undefined;
  const dated = lines.slice(0, MAX_SEARCHED_LINES).filter((line) => readImprint(textOf(line))?.publishedAt);
  // Dates that stand over one paragraph after another are a chronicle's.
  if (dated.length > MAX_DATED_LINES) return { lines: rest, authors };
  for (let index = 0; index < Math.min(MAX_HEAD_LINES, rest.length - 1); ) {
    const text = textOf(rest[index]!);
    const imprint = isFolio(text) ? { publishedAt: findDate(text), authors: [] } : readImprint(text);
    if (imprint && (imprint.publishedAt || isFolio(text)) && !isEvent(text, textOf(rest[index + 1]!))) {
      publishedAt ??= imprint.publishedAt;
      authors.push(...imprint.authors);
      rest.splice(index, 1);
    } else if (index > 0 && endsSentence(text) && text.length > MAX_LINE_CHARS / 4) break;
    else index++;
  }
  publishedAt ??= rest
    .slice(1)
    .slice(-MAX_FOOT_LINES)
    .map((line) => readSignature(textOf(line)))
    .findLast((date) => date !== undefined);
  return { lines: rest, authors, ...(publishedAt ? { publishedAt } : {}) };
}

function isFolio(text: string): boolean {
  return (
    text.length <= MAX_LINE_CHARS / 2 &&
    FOLIO.test(text) &&
    !/[。，！？]/u.test(text) &&
    (ISSUE.test(text) || locateDate(text) !== undefined)
  );
}

/** 时间：…, above 地点：…, is when something takes place. */
function isEvent(text: string, next: string): boolean {
  return (
    /^[^：:]{0,6}(?:时间|時間|日期)\s?[：:]/u.test(text) &&
    /^[^：:]{0,4}(?:地\s?[点點址]|内容|主题)/u.test(next)
  );
}

/** The date of 市教育局 2025年10月30日, or of a line that says when something was published. */
function readSignature(text: string): string | undefined {
  if (text.length > MAX_LINE_CHARS / 2) return undefined;
  const found = locateDate(text);
  if (!found) return undefined;
  const [before, after] = [text.slice(0, found.start), text.slice(found.end)];
  const isSigned =
    FILLER.test(after) &&
    !/[:：]/u.test(before) &&
    before
      .trim()
      .split(/\s+/)
      .every((part) => part === "" || FILLER.test(part) || OFFICE.test(part));
  return isSigned || (readImprint(text) && !/^\s*(?:时间|時間|日期)/u.test(text)) ? found.date : undefined;
}
