import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { Composer } from "grammy";
import type { Document } from "grammy/types";
import type { BotAccess } from "../../config.ts";
import { IMPORTABLE, readerFor } from "../../corpus/readers.ts";
import type { BotContext, BotPartners, MessageContext } from "../context.ts";
import { reply } from "../delivery.ts";
import { escapeHtml } from "../html.ts";
import { readWords } from "../message.ts";
import { resting } from "../task.ts";
import { describeImport } from "./describe-import.ts";
import { download, downloadLimitMb, TELEGRAM_LIMIT_MB } from "./download.ts";
import { safeFileName } from "./file-name.ts";
import { IMPORT_TEXTS } from "./import-texts.ts";
import { openProgress, type ProgressMessage } from "./progress-message.ts";
import { reasonTold, refresh } from "./refresh.ts";
import { reindexCommand } from "./reindex.ts";
import { removeCommand } from "./remove.ts";
import { keepChange, notIndexed, takeBackBegun, undoButton, undoKeyboard } from "./undo.ts";

/**
 * What admins change of the articles: a document that is sent or forwarded, in a group with the bot's name in the
 * caption, is imported into the chat's collection; /remove, /reindex, and the buttons that undo. When a document is
 * done with, so that the chat's next update is handled, the answers know it.
 */
export function documents(partners: BotPartners, access: BotAccess): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.use(undoButton(partners), removeCommand(partners), reindexCommand(partners));
  const folder = openWorkFolder(partners);
  composer.on("message:document", async (ctx, next) => {
    const isMeant = ctx.chat.type === "private" || readWords(ctx.message, ctx.me).mentionsMe;
    if (!ctx.isAdmin || !isMeant || ctx.message.animation) return next();
    await importDocument(ctx, ctx.message.document);
    // What an admin writes below a document of their own is a question, and the answers know the document by now.
    if (ctx.message.forward_origin === undefined && readWords(ctx.message, ctx.me).question !== "")
      await next();
  });
  return composer;

  async function importDocument(ctx: MessageContext, { file_id, file_name = "", file_size = 0 }: Document) {
    const texts = IMPORT_TEXTS[ctx.language];
    const name = safeFileName(file_name);
    const limitMb = downloadLimitMb(access.apiRoot);
    if (!readerFor(name)) return reply(ctx, escapeHtml(texts.unknown(name, IMPORTABLE.join(", "))));
    if (file_size > limitMb * 1024 * 1024) return reply(ctx, escapeHtml(texts.tooLarge(name, limitMb)));
    await takeBackBegun(partners);
    const work = await folder();
    try {
      const progress = await openProgress(ctx, escapeHtml(texts.downloading(name)));
      const path = join(work, name);
      const { editor, log } = partners;
      const got = await download(file_id, path, { access, api: ctx.api, log, signal: editor.closing });
      if (got === "done") return await importFile(ctx, name, path, progress);
      const reason =
        got === "failed"
          ? texts.notDownloaded(name)
          : texts.tooLarge(name, Math.min(limitMb, TELEGRAM_LIMIT_MB));
      return await progress.end(escapeHtml(reason));
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }

  async function importFile(ctx: MessageContext, name: string, path: string, progress: ProgressMessage) {
    const texts = IMPORT_TEXTS[ctx.language];
    const { editor, log } = partners;
    progress.say(escapeHtml(texts.reading(name)));
    let undoId: number | undefined;
    const importing = () =>
      editor.importFile(path, ctx.collection, {
        onPlanned: (change) => {
          undoId = keepChange(change, partners);
        },
        onPage: (page, pages) => progress.say(escapeHtml(texts.readingPage(name, page, pages))),
      });
    const file = await resting(importing).catch((error: unknown) => ({
      ...{ articles: [], skipped: [reasonTold(error, log)] },
    }));
    const told = describeImport(name, file, ctx.language);
    if (undoId !== undefined && file.articles.length === 0) partners.store.changes.delete(undoId);
    if (undoId === undefined || file.articles.length === 0) return progress.end(told);
    const keyboard = undoKeyboard(ctx, undoId);
    progress.say(escapeHtml(texts.indexing(name)));
    return progress.end(`${told}${notIndexed(ctx, await refresh(ctx, partners))}`, keyboard);
  }
}

/** Gives new folders in the state's; what a killed program left there goes before the first. */
function openWorkFolder({ stateDir }: BotPartners): () => Promise<string> {
  const parent = join(stateDir, "documents");
  let ready: Promise<unknown> | undefined;
  return async () => {
    ready ??= rm(parent, { recursive: true, force: true });
    await ready.catch(() => {
      // Tried again with the next document.
      ready = undefined;
    });
    await mkdir(parent, { recursive: true });
    return mkdtemp(join(parent, "document-"));
  };
}
