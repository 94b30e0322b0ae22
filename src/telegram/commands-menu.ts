import type { Api } from "grammy";
import type { BotCommandScope } from "grammy/types";
import { type InterfaceLanguage, interfaceLanguage } from "../answering/phrases.ts";
import type { BotPartners } from "./context.ts";
import { failureOf } from "./delivery.ts";
import type { ApiSignal } from "./persist.ts";
import type { InLanguages } from "./phrases.ts";

/** Who is offered a command. */
type Audience = "everybody" | "private" | "group admins" | "admins";

interface MenuCommand extends InLanguages<string> {
  readonly command: string;
  readonly audience: Audience;
}

/** Every command there is, in the order of the menu. */
export const COMMANDS: readonly MenuCommand[] = [
  {
    command: "ask",
    audience: "everybody",
    en: "Ask a question",
    "zh-Hans": "提一个问题",
    "zh-Hant": "提一個問題",
  },
  {
    command: "articles",
    audience: "everybody",
    en: "Browse the articles",
    "zh-Hans": "浏览文章",
    "zh-Hant": "瀏覽文章",
  },
  {
    command: "new",
    audience: "private",
    en: "Start anew",
    "zh-Hans": "重新开始，不联系上文",
    "zh-Hant": "重新開始，不聯繫上文",
  },
  {
    command: "language",
    audience: "private",
    en: "The language I speak",
    "zh-Hans": "界面语言",
    "zh-Hant": "介面語言",
  },
  {
    command: "id",
    audience: "private",
    en: "Your id, for the operator",
    "zh-Hans": "你的编号，供管理者设置",
    "zh-Hant": "你的編號，供管理者設定",
  },
  {
    command: "admit",
    audience: "admins",
    en: "Admit by a code",
    "zh-Hans": "用代码准许用户或群组",
    "zh-Hant": "用代碼准許用戶或群組",
  },
  {
    command: "revoke",
    audience: "admins",
    en: "Take an admission back, by its id",
    "zh-Hans": "按编号撤回准许",
    "zh-Hant": "按編號撤回准許",
  },
  {
    command: "autoanswer",
    audience: "group admins",
    en: "on: also answer questions not put to me; off",
    "zh-Hans": "on：也回答没有点名问我的问题；off：关闭",
    "zh-Hant": "on：也回答沒有點名問我的問題；off：關閉",
  },
  {
    command: "collection",
    audience: "admins",
    en: "Which articles are asked in a chat",
    "zh-Hans": "选定本聊天使用的文集",
    "zh-Hant": "選定本聊天使用的文集",
  },
  {
    command: "forget",
    audience: "private",
    en: "Delete what I keep of you",
    "zh-Hans": "删除我的记录",
    "zh-Hant": "刪除我的紀錄",
  },
  {
    command: "gaps",
    audience: "admins",
    en: "Questions without a good answer",
    "zh-Hans": "还没有好答案的问题",
    "zh-Hant": "還沒有好答案的問題",
  },
  {
    command: "stats",
    audience: "admins",
    en: "How much is asked and answered",
    "zh-Hans": "提问和回答的统计",
    "zh-Hant": "提問和回答的統計",
  },
  {
    command: "remove",
    audience: "admins",
    en: "Remove an article",
    "zh-Hans": "删除文章",
    "zh-Hant": "刪除文章",
  },
  {
    command: "reindex",
    audience: "admins",
    en: "Bring the index up to date",
    "zh-Hans": "更新索引",
    "zh-Hant": "更新索引",
  },
  {
    command: "help",
    audience: "everybody",
    en: "How to use Wenbao",
    "zh-Hans": "怎样使用",
    "zh-Hant": "怎樣使用",
  },
];

const DESCRIPTION: Readonly<Record<"en" | "zh-Hans", { readonly long: string; readonly short: string }>> = {
  en: {
    long: "I answer questions about the articles with verbatim quotes, and say which article and paragraph they come from. What the articles do not say, I do not say.",
    short: "Answers from the articles, word for word, with where it stands.",
  },
  "zh-Hans": {
    long: "我用文章里的原文回答问题，并注明出自哪篇文章、第几段。文章里没有的，照实说没有。",
    short: "用文章原文回答问题，注明出处。",
  },
};

/** Telegram's language codes know no scripts: Chinese is Simplified there, until a person chooses by /language. */
const CODES = [["en"], ["zh-Hans", "zh"]] as const;

/** Fills the menus of commands and the bot's description, for everybody, groups, their admins and the bot's admins. */
export async function publishCommands(
  api: Api,
  { settings, store, log }: Pick<BotPartners, "settings" | "store" | "log">,
  signal?: ApiSignal,
): Promise<void> {
  for (const [language, code] of CODES) {
    const inLanguage = code === undefined ? {} : { language_code: code };
    const set = (scope: BotCommandScope, audiences: readonly Audience[], isEphemeral = false) =>
      api.setMyCommands(menuFor(audiences, language, isEphemeral), { scope, ...inLanguage }, signal);
    await set({ type: "default" }, ["everybody"]);
    await set({ type: "all_private_chats" }, ["everybody", "private"]);
    await set({ type: "all_group_chats" }, ["everybody"], settings.ephemeralAnswers);
    await set({ type: "all_chat_administrators" }, ["everybody", "group admins"], settings.ephemeralAnswers);
    const { long, short } = DESCRIPTION[language];
    await api.setMyDescription(long, inLanguage, signal);
    await api.setMyShortDescription(short, inLanguage, signal);
  }
  for (const admin of settings.admins)
    await publishMenu(api, admin, store.people.language(admin), settings, signal).catch((error: unknown) =>
      // Telegram refuses it until the admin has written to the bot.
      log.debug("telegram.menu-not-set", failureOf(error)),
    );
}

/**
 * Fills the menu of a person's private chat: in the language that the person chose, or, for admins, in that of their
 * Telegram. Whoever is no admin and chose none has the menu of everybody.
 */
export async function publishMenu(
  api: Api,
  person: number,
  chosen: string | undefined,
  { admins }: BotPartners["settings"],
  signal?: ApiSignal,
): Promise<void> {
  const isAdmin = admins.has(person);
  const audiences: readonly Audience[] = ["everybody", "private", ...(isAdmin ? (["admins"] as const) : [])];
  for (const [language, code] of CODES) {
    const inLanguage = code === undefined ? {} : { language_code: code };
    const place = { scope: { type: "chat", chat_id: person } as const, ...inLanguage };
    if (chosen === undefined && !isAdmin) await api.deleteMyCommands(place, signal);
    else {
      const spoken = chosen === undefined ? language : interfaceLanguage(chosen);
      await api.setMyCommands(menuFor(audiences, spoken), place, signal);
    }
  }
}

/** @param isEphemeral Whether what is asked is seen by the asker and the bot only. */
function menuFor(audiences: readonly Audience[], language: InterfaceLanguage, isEphemeral = false) {
  return COMMANDS.filter(({ audience }) => audiences.includes(audience)).map((entry) => ({
    command: entry.command,
    description: entry[language],
    ...(isEphemeral && entry.command === "ask" ? { is_ephemeral: true } : {}),
  }));
}
