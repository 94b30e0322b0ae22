import { Composer } from "grammy";
import { ARTICLE_KEY, articleByKey } from "../article-key.ts";
import { answerMessage } from "../asking/answer-message.ts";
import { onCommand } from "../command.ts";
import type { BotContext, BotPartners } from "../context.ts";
import { reply } from "../delivery.ts";
import { PHRASES } from "../phrases.ts";
import { articleMessage } from "./articles.ts";

/**
 * `/start` with a payload: `a-` and the key of an article opens it, `q-` and a question in base64url asks it (at most
 * 46 bytes of UTF-8, for a payload has 64 characters at most).
 */
export function deepLinks(partners: BotPartners): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const isArticle = new RegExp(`^a-(${ARTICLE_KEY.source})$`);
  onCommand(composer, "start", async (ctx, payload) => {
    const article = articleByKey(ctx.assistant.articles, isArticle.exec(payload)?.[1] ?? "");
    const question = readQuestion(payload);
    if (article) {
      const { html, keyboard } = articleMessage(ctx, article, 0);
      await reply(ctx, html, { keyboard });
    } else if (question !== undefined) await answerMessage(ctx, question, partners);
    else if (isArticle.test(payload)) await reply(ctx, PHRASES[ctx.language].outdated);
    else await reply(ctx, PHRASES[ctx.language].greeting);
  });
  return composer;
}

function readQuestion(payload: string): string | undefined {
  const encoded = /^q-([\w-]+)$/.exec(payload)?.[1];
  const question = encoded && Buffer.from(encoded, "base64url").toString("utf8").trim();
  return question && !question.includes("\uFFFD") ? question : undefined;
}
