import type { BotCommand } from "grammy/types";
import type { Chats } from "./chats.ts";
import { badRequest } from "./refusal.ts";

type Payload = Readonly<Record<string, unknown>>;

const SCOPES: ReadonlySet<unknown> = new Set([
  "default",
  "all_private_chats",
  "all_group_chats",
  "all_chat_administrators",
  "chat",
  "chat_administrators",
  "chat_member",
]);

/** What Telegram tells people of the bot: its commands by scope and language, its descriptions by language. */
export function menuMethods(chats: Chats) {
  const menus = new Map<string, readonly BotCommand[]>();
  const texts = new Map<string, string>();

  const keyOf = ({ scope = { type: "default" }, language_code = "" }: Payload): string => {
    const { type, chat_id: chatId, user_id: userId } = Object(scope);
    if (!SCOPES.has(type)) throw badRequest("can't parse BotCommandScope: invalid type specified");
    if (type.startsWith("chat")) chats.reach(chatId);
    if (type === "chat_member" && userId === undefined) throw badRequest("invalid user_id specified");
    return JSON.stringify([type, chatId ?? null, userId ?? null, languageOf(language_code)]);
  };

  const setText = (name: string, maxChars: number) => (payload: Payload) => {
    const text = String(payload[name] ?? "");
    if (text.length > maxChars) throw badRequest(`the bot's ${name.replaceAll("_", " ")} is too long`);
    texts.set(`${name} ${languageOf(payload.language_code)}`, text);
    return true;
  };
  const getText = (name: string) => (payload: Payload) => ({
    [name]: texts.get(`${name} ${languageOf(payload.language_code)}`) ?? texts.get(`${name} `) ?? "",
  });

  return {
    setMyCommands(payload: Payload) {
      const { commands } = payload;
      if (!Array.isArray(commands)) throw badRequest("can't parse commands: an array expected");
      if (commands.length > 100) throw badRequest("BOT_COMMANDS_TOO_MUCH");
      for (const command of commands) checkCommand(command);
      menus.set(keyOf(payload), commands);
      return true;
    },
    getMyCommands: (payload: Payload) => menus.get(keyOf(payload)) ?? [],
    deleteMyCommands(payload: Payload) {
      menus.delete(keyOf(payload));
      return true;
    },
    setMyDescription: setText("description", 512),
    getMyDescription: getText("description"),
    setMyShortDescription: setText("short_description", 120),
    getMyShortDescription: getText("short_description"),
  };
}

function checkCommand(given: unknown): void {
  const { command, description } = Object(given);
  if (typeof command !== "string" || !/^[a-z0-9_]{1,32}$/.test(command))
    throw badRequest("BOT_COMMAND_INVALID");
  if (typeof description !== "string" || description.trim() === "" || description.length > 256) {
    throw badRequest("BOT_COMMAND_DESCRIPTION_INVALID");
  }
}

function languageOf(code: unknown = ""): string {
  if (typeof code !== "string" || !/^(?:[a-z]{2})?$/.test(code)) throw badRequest("LANG_CODE_INVALID");
  return code;
}
