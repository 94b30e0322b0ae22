import { Composer } from "grammy";
import { onCommand } from "../command.ts";
import type { BotContext, BotPartners } from "../context.ts";
import { reply } from "../delivery.ts";
import { escapeHtml, fitText } from "../html.ts";
import type { InLanguages } from "../phrases.ts";

const COLLECTION: InLanguages<{
  readonly asked: (name: string) => string;
  readonly unknown: (name: string) => string;
  readonly choice: (names: string) => string;
}> = {
  en: {
    asked: (name) => `Here, questions are answered from the collection ${name}.`,
    unknown: (name) => `There is no collection ${name}.`,
    choice: (names) =>
      `There are: ${names} (/ is what lies in no collection).\n/collection NAME chooses one for this chat, /collection - takes the choice back.`,
  },
  "zh-Hans": {
    asked: (name) => `这里的问题从文集 ${name} 里回答。`,
    unknown: (name) => `没有文集 ${name}。`,
    choice: (names) =>
      `现有：${names}（/ 指不属于任何文集的文章）。\n发送 /collection 加名称，为本聊天选定文集；/collection - 取消选定。`,
  },
  "zh-Hant": {
    asked: (name) => `這裡的問題從文集 ${name} 裡回答。`,
    unknown: (name) => `沒有文集 ${name}。`,
    choice: (names) =>
      `現有：${names}（/ 指不屬於任何文集的文章）。\n傳送 /collection 加名稱，為本聊天選定文集；/collection - 取消選定。`,
  },
};

/** The top level of the corpus, as it is written here: no folder can have that name. */
const TOP_LEVEL = "/";
const MAX_NAMES_CHARS = 2500;
const MAX_NAME_CHARS = 300;

/** `/collection NAME` of the bot's admins says which articles are asked in a chat; without a name, which are. */
export function collectionChoice({ library, store, log }: BotPartners): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const admins = composer.filter((ctx) => ctx.isAdmin);
  const choose = async (ctx: Parameters<typeof reply>[0], words: string) => {
    const { asked, unknown, choice } = COLLECTION[ctx.language];
    const collections = library.collections();
    const names = fitText(MAX_NAMES_CHARS, collections.map(written).join(", "));
    // What other collections there are is not for everybody in a group.
    const offered = ctx.msg.chat.type === "private" ? `\n\n${choice(names)}` : "";
    if (words === "") return reply(ctx, `${asked(shown(ctx.collection))}${offered}`);
    const wanted = words.normalize("NFC");
    const isBack = wanted === "-";
    const chosen = isBack ? undefined : collections.find((name) => written(name).normalize("NFC") === wanted);
    if (chosen === undefined && !isBack)
      return reply(ctx, `${unknown(fitText(MAX_NAME_CHARS, words))}${offered}`);
    store.chats.change(ctx.msg.chat.id, { collection: chosen ?? null });
    log.info("telegram.collection-chosen", { chatId: ctx.msg.chat.id, collection: chosen ?? null });
    return reply(ctx, asked(shown(chosen ?? library.defaultCollection)));
  };
  onCommand(admins, "collection", choose, { inGroups: "unnamed" });
  return composer;
}

function written(collection: string): string {
  return collection === "" ? TOP_LEVEL : collection;
}

function shown(collection: string): string {
  return `<b>${escapeHtml(written(collection))}</b>`;
}
