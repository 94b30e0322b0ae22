import type { InLanguages } from "../phrases.ts";

interface ImportTexts {
  readonly downloading: (name: string) => string;
  readonly reading: (name: string) => string;
  readonly readingPage: (name: string, page: number, pages: number) => string;
  readonly indexing: (name: string) => string;
  readonly unknown: (name: string, formats: string) => string;
  readonly tooLarge: (name: string, limitMb: number) => string;
  readonly notDownloaded: (name: string) => string;
  /** The sums of what was imported. */
  readonly imported: (name: string, articles: number, paragraphs: number) => string;
  readonly nothing: (name: string) => string;
  readonly newVersion: string;
  readonly more: (count: number) => string;
  /** Heads the reasons why something was left out. */
  readonly skipped: string;
}

/** What is said of a document that is imported. */
export const IMPORT_TEXTS: InLanguages<ImportTexts> = {
  en: {
    downloading: (name) => `Downloading ${name}…`,
    reading: (name) => `Reading ${name}…`,
    readingPage: (name, page, pages) => `Reading ${name}: page ${page} of ${pages}…`,
    indexing: (name) => `Indexing ${name}…`,
    unknown: (name, formats) => `I cannot import ${name}. These I can: ${formats}.`,
    tooLarge: (name, limitMb) =>
      `${name} is too large: here I can receive files of up to ${limitMb} MB. Nothing was changed. Split it, or import it on the machine I run on.`,
    notDownloaded: (name) => `${name} could not be downloaded. Nothing was changed. Please send it again.`,
    imported: (name, articles, paragraphs) =>
      `${name}: ${count(articles, "article")}, ${count(paragraphs, "paragraph")}`,
    nothing: (name) => `${name}: nothing was imported:`,
    newVersion: "new version",
    more: (count) => `and ${count} more`,
    skipped: "skipped:",
  },
  "zh-Hans": {
    downloading: (name) => `正在下载 ${name}……`,
    reading: (name) => `正在读取 ${name}……`,
    readingPage: (name, page, pages) => `正在读取 ${name}：第 ${page} 页，共 ${pages} 页……`,
    indexing: (name) => `正在为 ${name} 建立索引……`,
    unknown: (name, formats) => `${name} 不能导入。可以导入的格式：${formats}。`,
    tooLarge: (name, limitMb) =>
      `${name} 太大：这里最多能接收 ${limitMb} MB 的文件。没有作任何改动。请拆分文件，或者在我所在的机器上导入。`,
    notDownloaded: (name) => `${name} 没能下载。没有作任何改动。请重新发送。`,
    imported: (name, articles, paragraphs) => `${name}：${articles} 篇文章，${paragraphs} 个段落`,
    nothing: (name) => `${name}：没有导入任何文章：`,
    newVersion: "新版本",
    more: (count) => `还有 ${count} 项`,
    skipped: "未导入：",
  },
  "zh-Hant": {
    downloading: (name) => `正在下載 ${name}……`,
    reading: (name) => `正在讀取 ${name}……`,
    readingPage: (name, page, pages) => `正在讀取 ${name}：第 ${page} 頁，共 ${pages} 頁……`,
    indexing: (name) => `正在為 ${name} 建立索引……`,
    unknown: (name, formats) => `${name} 無法匯入。可以匯入的格式：${formats}。`,
    tooLarge: (name, limitMb) =>
      `${name} 太大：這裡最多能接收 ${limitMb} MB 的檔案。沒有作任何變動。請拆分檔案，或者在我所在的機器上匯入。`,
    notDownloaded: (name) => `${name} 沒能下載。沒有作任何變動。請重新傳送。`,
    imported: (name, articles, paragraphs) => `${name}：${articles} 篇文章，${paragraphs} 個段落`,
    nothing: (name) => `${name}：沒有匯入任何文章：`,
    newVersion: "新版本",
    more: (count) => `還有 ${count} 項`,
    skipped: "未匯入：",
  },
};

function count(amount: number, noun: string): string {
  return `${amount} ${amount === 1 ? noun : `${noun}s`}`;
}
