import { Composer, InlineKeyboard } from "grammy";
import { type InterfaceLanguage, interfaceLanguage } from "../answering/phrases.ts";
import { onCommand } from "./command.ts";
import { publishMenu } from "./commands-menu.ts";
import type { BotContext, BotPartners } from "./context.ts";
import { editPressed, failureOf, reply } from "./delivery.ts";
import type { InLanguages } from "./phrases.ts";

const PHRASES: InLanguages<{ readonly which: string; readonly chosen: string; readonly asTelegram: string }> =
  {
    en: {
      which: "Which language shall I speak? Quotes stay in the language of the articles.",
      chosen: "I speak English now.",
      asTelegram: "As Telegram does",
    },
    "zh-Hans": {
      which: "我用哪种语言？引文保持文章的语言。",
      chosen: "好，我用简体中文。",
      asTelegram: "跟随 Telegram",
    },
    "zh-Hant": {
      which: "我用哪種語言？引文保持文章的語言。",
      chosen: "好，我用繁體中文。",
      asTelegram: "跟隨 Telegram",
    },
  };

const NAMES: readonly (readonly [InterfaceLanguage, string])[] = [
  ["zh-Hans", "简体中文"],
  ["zh-Hant", "繁體中文"],
  ["en", "English"],
];

/** /language: in which language the bot speaks with a person, in place of that of the person's Telegram. */
export function languageChoice({ store, settings, log }: BotPartners): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  onCommand(composer, "language", (ctx) => {
    const { which, asTelegram } = PHRASES[ctx.language];
    const keyboard = new InlineKeyboard();
    for (const [language, name] of NAMES) keyboard.text(name, `g:${language}`).row();
    return reply(ctx, which, { keyboard: keyboard.text(asTelegram, "g:") });
  });

  composer.callbackQuery(/^g:(en|zh-Hans|zh-Hant|)$/, async (ctx) => {
    const chosen = ctx.match[1] as InterfaceLanguage | "";
    store.people.setLanguage(ctx.from.id, chosen === "" ? undefined : chosen);
    const language = chosen === "" ? interfaceLanguage(ctx.from.language_code) : chosen;
    await ctx.answerCallbackQuery();
    await editPressed(ctx, PHRASES[language].chosen);
    // The choice is made, whether or not the menu follows it.
    await publishMenu(ctx.api, ctx.from.id, store.people.language(ctx.from.id), settings).catch(
      (error: unknown) => log.warn("telegram.menu-not-set", failureOf(error)),
    );
  });
  return composer;
}
