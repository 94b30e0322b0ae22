import { Composer } from "grammy";
import type { InterfaceLanguage } from "../../answering/phrases.ts";
import type { Surface } from "../../store/asked.ts";
import type { Statistics } from "../../store/statistics.ts";
import { onCommand } from "../command.ts";
import type { BotContext, BotPartners } from "../context.ts";
import { reply } from "../delivery.ts";
import type { InLanguages } from "../phrases.ts";
import { forAdmins } from "./admins.ts";

interface StatsPhrases {
  readonly days: (count: number) => string;
  readonly all: (keepDays: number) => string;
  readonly nothing: string;
  readonly asked: (questions: number, answered: number, refused: number) => string;
  readonly rated: (liked: number, disliked: number) => string;
  readonly who: (people: number, chats: number) => string;
  readonly times: (half: string, most: string) => string;
  readonly gaps: (count: number) => string;
  readonly surfaces: Readonly<Record<Surface, string>>;
}

const PHRASES: InLanguages<StatsPhrases> = {
  en: {
    days: (count) => `Last ${count} days`,
    all: (keepDays) => `All that is kept (${keepDays} days)`,
    nothing: "Nothing was asked.",
    asked: (questions, answered, refused) =>
      `${questions} ${questions === 1 ? "question" : "questions"}: ${answered} answered, ${refused} not found`,
    rated: (liked, disliked) => `👍 ${liked} · 👎 ${disliked}`,
    who: (people, chats) =>
      `${people} ${people === 1 ? "person" : "people"}, ${chats} ${chats === 1 ? "chat" : "chats"}`,
    times: (half, most) => `Half within ${half}, 95 % within ${most}`,
    gaps: (count) => `Without a good answer: ${count} (/gaps)`,
    surfaces: { private: "private", group: "groups", auto: "unasked", guest: "as a guest" },
  },
  "zh-Hans": {
    days: (count) => `最近 ${count} 天`,
    all: (keepDays) => `全部记录（保存 ${keepDays} 天）`,
    nothing: "没有人提问。",
    asked: (questions, answered, refused) => `${questions} 个问题：答出 ${answered}，没找到 ${refused}`,
    rated: (liked, disliked) => `👍 ${liked} · 👎 ${disliked}`,
    who: (people, chats) => `${people} 人，${chats} 个聊天`,
    times: (half, most) => `一半在 ${half} 内答出，95 % 在 ${most} 内`,
    gaps: (count) => `还没有好答案：${count}（/gaps）`,
    surfaces: { private: "私聊", group: "群里", auto: "主动回答", guest: "访客" },
  },
  "zh-Hant": {
    days: (count) => `最近 ${count} 天`,
    all: (keepDays) => `全部紀錄（保存 ${keepDays} 天）`,
    nothing: "沒有人提問。",
    asked: (questions, answered, refused) => `${questions} 個問題：答出 ${answered}，沒找到 ${refused}`,
    rated: (liked, disliked) => `👍 ${liked} · 👎 ${disliked}`,
    who: (people, chats) => `${people} 人，${chats} 個聊天`,
    times: (half, most) => `一半在 ${half} 內答出，95 % 在 ${most} 內`,
    gaps: (count) => `還沒有好答案：${count}（/gaps）`,
    surfaces: { private: "私訊", group: "群組", auto: "主動回答", guest: "訪客" },
  },
};

const DAY_MS = 86_400_000;

/** /stats for the bot's admins. */
export function statistics({ store, settings, now }: BotPartners): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  onCommand(forAdmins(composer), "stats", async (ctx) => {
    const { days, all } = PHRASES[ctx.language];
    const since = (count: number) => store.statistics.since(now().getTime() - count * DAY_MS);
    const blocks = [
      [days(7), since(7)],
      [days(30), since(30)],
      [all(settings.keepDays), store.statistics.since(0)],
    ] as const;
    const open = store.gaps.counts().reduce((sum, { count }) => sum + count, 0);
    const lines = blocks.map(([title, figures]) => `<b>${title}</b>\n${statsLines(figures, ctx.language)}`);
    await reply(ctx, [...lines, PHRASES[ctx.language].gaps(open)].join("\n\n"));
  });
  return composer;
}

/** Figures as a few short lines. */
export function statsLines(figures: Statistics, language: InterfaceLanguage): string {
  const { questions, refused, liked, disliked, people, chats, medianMs, slowMs, bySurface } = figures;
  const phrases = PHRASES[language];
  if (medianMs === undefined || slowMs === undefined) return phrases.nothing;
  const surfaces = Object.entries(bySurface).filter(([, count]) => count > 0);
  return [
    phrases.asked(questions, questions - refused, refused),
    phrases.rated(liked, disliked),
    phrases.who(people, chats),
    phrases.times(duration(medianMs), duration(slowMs)),
    surfaces.map(([name, count]) => `${phrases.surfaces[name as Surface]} ${count}`).join(" · "),
  ].join("\n");
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
