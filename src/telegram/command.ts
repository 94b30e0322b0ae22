import type { Composer } from "grammy";
import type { Message } from "grammy/types";
import type { BotContext, MessageContext } from "./context.ts";
import { readWords } from "./message.ts";

export interface CommandOptions {
  /**
   * Whether it works in groups too: never, only by name (`/help@this_bot`, for unnamed it may be meant for any bot
   * there), or also unnamed. Default: never.
   */
  readonly inGroups?: "never" | "named" | "unnamed";
}

export type CommandContext = MessageContext & { readonly message: Message };

/** Has a command handled; `words` is what stands after it. Telegram's menu names the bot where a group has several. */
export function onCommand(
  composer: Composer<BotContext>,
  name: string,
  handle: (ctx: CommandContext, words: string) => Promise<unknown>,
  { inGroups = "never" }: CommandOptions = {},
): void {
  composer.on("message", async (ctx, next) => {
    const { command, question } = readWords(ctx.message, ctx.me);
    const isPrivate = ctx.chat.type === "private";
    const isMeant = isPrivate || inGroups === "unnamed" || (inGroups === "named" && command?.bot === "this");
    if (command?.name === name && isMeant) await handle(ctx, question);
    else await next();
  });
}
