import { Composer, InlineKeyboard } from "grammy";
import { phrasesFor } from "../../answering/phrases.ts";
import type { Undone } from "../../corpus/undo-change.ts";
import type { CorpusChange } from "../../types.ts";
import type { BotContext, BotPartners } from "../context.ts";
import { editPressed } from "../delivery.ts";
import { fitText } from "../html.ts";
import { once } from "../once.ts";
import { type InLanguages, PHRASES } from "../phrases.ts";
import { currentTask } from "../task.ts";
import { reasonTold, refresh } from "./refresh.ts";

interface Texts {
  readonly button: string;
  readonly undoing: string;
  readonly onlyAdmins: string;
  readonly done: string;
  readonly undone: Readonly<Record<"removed" | "restored", (count: number) => string>>;
  /** Heads the titles of what was changed again since. */
  readonly kept: string;
  readonly failed: (reason: string) => string;
  /** The change stands, and the answers are still those of before. */
  readonly notIndexed: (reason: string) => string;
}

const TEXTS: InLanguages<Texts> = {
  en: {
    button: "↩ Undo",
    undoing: "Undoing…",
    done: "Undone.",
    onlyAdmins: "Only my admins can undo this.",
    undone: {
      removed: (count) => `${articles(count)} removed`,
      restored: (count) => `${articles(count)} brought back`,
    },
    kept: "Changed again since, and left as it is:",
    failed: (reason) => `It could not be undone: ${reason}`,
    notIndexed: (reason) => `The answers are not up to date yet, I will try again: ${reason}`,
  },
  "zh-Hans": {
    button: "↩ 撤销",
    undoing: "正在撤销……",
    done: "已撤销。",
    onlyAdmins: "只有我的管理员可以撤销。",
    undone: { removed: (count) => `删除 ${count} 篇文章`, restored: (count) => `恢复 ${count} 篇文章` },
    kept: "此后又有改动，保持不变：",
    failed: (reason) => `没能撤销：${reason}`,
    notIndexed: (reason) => `答案暂时还没有更新，我会再试：${reason}`,
  },
  "zh-Hant": {
    button: "↩ 復原",
    undoing: "正在復原……",
    done: "已復原。",
    onlyAdmins: "只有我的管理員可以復原。",
    undone: { removed: (count) => `刪除 ${count} 篇文章`, restored: (count) => `恢復 ${count} 篇文章` },
    kept: "此後又有改動，保持不變：",
    failed: (reason) => `沒能復原：${reason}`,
    notIndexed: (reason) => `答案暫時還沒有更新，我會再試：${reason}`,
  },
};

function articles(count: number): string {
  return `${count} ${count === 1 ? "article" : "articles"}`;
}

const MAX_KEPT = 10;

/** Keeps a change that this update is about to make, so that it can be taken back from then on; gives its id. */
export function keepChange(change: CorpusChange, { store, now }: BotPartners): number {
  return store.changes.add(now().getTime(), change, currentTask()?.name);
}

/**
 * Takes back what this update has changed if the program was killed before that was told, for it to be done once more,
 * as a whole; says whether there was anything.
 */
export async function takeBackBegun({ store, editor, log }: BotPartners): Promise<boolean> {
  const task = currentTask();
  const begun = task?.isAgain ? store.changes.ofTask(task.name) : undefined;
  if (begun === undefined) return false;
  await editor.undo(begun).catch((error: unknown) => reasonTold(error, log));
  return true;
}

/** The button that takes a kept change back. */
export function undoKeyboard({ language }: Pick<BotContext, "language">, id: number): InlineKeyboard {
  return new InlineKeyboard().text(TEXTS[language].button, `undo:${id.toString(36)}`);
}

/** Says below what was changed that the answers do not know it yet; "" where they do. */
export function notIndexed(
  { language }: Pick<BotContext, "language">,
  refreshed: Awaited<ReturnType<typeof refresh>>,
): string {
  return "reason" in refreshed ? `\n\n${fitText(400, TEXTS[language].notIndexed(refreshed.reason))}` : "";
}

/** The button that takes a change of the corpus back, once. */
export function undoButton(partners: BotPartners): Composer<BotContext> {
  const { store, editor, log } = partners;
  const composer = new Composer<BotContext>();
  composer.callbackQuery(/^undo:([0-9a-z]{1,11})$/, async (ctx) => {
    const texts = TEXTS[ctx.language];
    if (!ctx.isAdmin) return ctx.answerCallbackQuery(texts.onlyAdmins);
    const id = Number.parseInt(ctx.match[1]!, 36);
    const change = store.changes.get(id);
    if (!change) return ctx.answerCallbackQuery(PHRASES[ctx.language].outdated);
    await ctx.answerCallbackQuery();
    await editPressed(ctx, texts.undoing);
    const undone = await once("undone", store, () => editor.undo(change)).catch((error: unknown) =>
      reasonTold(error, log),
    );
    if (typeof undone === "string") {
      const again = new InlineKeyboard().text(texts.button, ctx.callbackQuery.data);
      return editPressed(ctx, fitText(1000, texts.failed(undone)), again);
    }
    const refreshed = await refresh(ctx, partners);
    await editPressed(ctx, `${describeUndone(ctx, undone)}${notIndexed(ctx, refreshed)}`);
    // Not before it is told: killed in between, it is told once more.
    store.changes.delete(id);
  });
  return composer;
}

function describeUndone({ assistant, language }: BotContext, { removed, restored, kept }: Undone): string {
  const { done, undone, kept: heading } = TEXTS[language];
  const lines = [
    done,
    ...(removed.length > 0 ? [`• ${undone.removed(removed.length)}`] : []),
    ...(restored.length > 0 ? [`• ${undone.restored(restored.length)}`] : []),
  ];
  if (kept.length === 0) return lines.join("\n");
  const titles = new Map(assistant.articles.map(({ id, title }) => [id, phrasesFor(language).title(title)]));
  const named = kept.slice(0, MAX_KEPT).map((id) => `• ${fitText(200, titles.get(id) ?? id)}`);
  return [...lines, "", heading, ...named, ...(kept.length > MAX_KEPT ? ["• …"] : [])].join("\n");
}
