import { sep } from "node:path";
import { Composer } from "grammy";
import { onCommand } from "../command.ts";
import type { BotContext, BotPartners } from "../context.ts";
import { fitText } from "../html.ts";
import type { InLanguages } from "../phrases.ts";
import { openProgress } from "./progress-message.ts";
import { refresh } from "./refresh.ts";

interface Texts {
  readonly reading: string;
  readonly done: (articles: number, passages: number, embedded: number, seconds: string) => string;
  /** Heads the files of the corpus that are left out. */
  readonly leftOut: (count: number) => string;
  readonly failed: (reason: string) => string;
}

const TEXTS: InLanguages<Texts> = {
  en: {
    reading: "Reading the folders…",
    done: (articles, passages, embedded, seconds) =>
      `The index is up to date. Articles: ${articles}; passages: ${passages}; embedded anew: ${embedded}; seconds: ${seconds}.`,
    leftOut: (count) => `Files of the articles' folder that are left out: ${count}`,
    failed: (reason) => `The index could not be brought up to date, the answers are as before: ${reason}`,
  },
  "zh-Hans": {
    reading: "正在读取文件夹……",
    done: (articles, passages, embedded, seconds) =>
      `索引已是最新：${articles} 篇文章，${passages} 个片段；重新计算 ${embedded} 篇，用时 ${seconds} 秒。`,
    leftOut: (count) => `文章文件夹里没有收入的文件：${count} 个`,
    failed: (reason) => `索引没能更新，答案和以前一样：${reason}`,
  },
  "zh-Hant": {
    reading: "正在讀取資料夾……",
    done: (articles, passages, embedded, seconds) =>
      `索引已是最新：${articles} 篇文章，${passages} 個片段；重新計算 ${embedded} 篇，用時 ${seconds} 秒。`,
    leftOut: (count) => `文章資料夾裡沒有收入的檔案：${count} 個`,
    failed: (reason) => `索引沒能更新，答案和以前一樣：${reason}`,
  },
};

const MAX_LEFT_OUT = 10;

/** /reindex: reads the folders again, and says of the chat's collection what there is and what is left out. */
export function reindexCommand(partners: BotPartners): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  onCommand(
    composer.filter(({ isAdmin }) => isAdmin),
    "reindex",
    async (ctx) => {
      const texts = TEXTS[ctx.language];
      const progress = await openProgress(ctx, texts.reading);
      const report = await refresh(ctx, partners);
      if ("reason" in report) return progress.end(fitText(1000, texts.failed(report.reason)));
      const { collection, assistant } = ctx;
      const problems = report.problems.filter(({ path }) => collectionOf(path) === collection);
      const embedded = report.embedded.get(collection) ?? 0;
      const { articles, passages } = assistant;
      const lines = [
        texts.done(articles.length, passages, embedded, (report.ms / 1000).toFixed(1)),
        ...(problems.length > 0 ? ["", texts.leftOut(problems.length)] : []),
        ...problems.slice(0, MAX_LEFT_OUT).map(({ path, reason }) => fitText(300, `• ${path}: ${reason}`)),
        ...(problems.length > MAX_LEFT_OUT ? ["• …"] : []),
      ];
      return progress.end(lines.join("\n"));
    },
  );
  return composer;
}

/** Of a path below the corpus. */
function collectionOf(path: string): string {
  return path.includes(sep) ? path.split(sep)[0]! : "";
}
