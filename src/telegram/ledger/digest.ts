import { type Api, GrammyError } from "grammy";
import type { InterfaceLanguage } from "../../answering/phrases.ts";
import type { BotPartners } from "../context.ts";
import { failureOf, send } from "../delivery.ts";
import { fitText } from "../html.ts";
import type { InLanguages } from "../phrases.ts";
import { inTask } from "../task.ts";
import { adminLanguage } from "./admin-language.ts";
import { createFindGroups, type GapGroup } from "./gap-groups.ts";
import { groupLine } from "./gap-list.ts";
import { GAP_PHRASES } from "./gap-phrases.ts";
import { statsLines } from "./stats.ts";

const PHRASES: InLanguages<{
  readonly heading: string;
  readonly more: (count: number) => string;
}> = {
  en: {
    heading: "The last seven days",
    more: (count) => `${count > 0 ? `${count} more. ` : ""}/gaps shows all, and takes your answers.`,
  },
  "zh-Hans": {
    heading: "最近七天",
    more: (count) => `${count > 0 ? `另有 ${count} 个。` : ""}发送 /gaps 查看全部并回答。`,
  },
  "zh-Hant": {
    heading: "最近七天",
    more: (count) => `${count > 0 ? `另有 ${count} 個。` : ""}傳送 /gaps 查看全部並回答。`,
  },
};

const WEEK_MS = 7 * 86_400_000;
const SHOWN_GROUPS = 5;
const MAX_NAME_CHARS = 60;

type Week = readonly (GapGroup & { readonly collection: string })[];

/**
 * Sends every admin what was asked in the last seven days and not answered, with some figures, when it is due: on
 * Mondays at 9, or when the program runs again after that; never twice, and not where nothing is open. The first start
 * of a program only notes the time.
 */
export function createDigest(api: Api, partners: BotPartners): () => Promise<void> {
  const { store, settings, log, now } = partners;
  const findGroups = createFindGroups(partners);
  return async () => {
    const due = lastMondayAt9(now()).getTime();
    const last = store.digests.last();
    if (last !== undefined && last >= due) return;
    const name = `digest ${due}`;
    store.outbox.clearOthers("digest", name);
    if (last !== undefined && settings.digest) await inTask({ name, since: due, isAgain: true }, sendAll);
    store.digests.setLast(due);
    store.outbox.clear(name);
  };

  async function sendAll(): Promise<void> {
    const since = now().getTime() - WEEK_MS;
    const week: (GapGroup & { collection: string })[] = [];
    for (const { collection } of store.gaps.counts())
      for (const group of await findGroups(collection, since)) week.push({ ...group, collection });
    if (week.length === 0) return;
    week.sort((a, b) => b.askers - a.askers || b.gaps.length - a.gaps.length);
    const figures = store.statistics.since(since);
    for (const admin of settings.admins) {
      const language = await adminLanguage(admin, partners);
      const html = `${render(week, language)}\n\n${statsLines(figures, language)}`;
      // Who never wrote to the bot cannot be written to.
      await send(api, { chat: admin }, html).catch((error: unknown) => {
        if (!(error instanceof GrammyError)) throw error;
        log.info("telegram.digest-not-sent", failureOf(error));
      });
    }
  }
}

function render(week: Week, language: InterfaceLanguage): string {
  const { heading, more } = PHRASES[language];
  const names = new Set(week.map(({ collection }) => collection));
  const lines = week.slice(0, SHOWN_GROUPS).map((group, i) => {
    const name = group.collection === "" ? GAP_PHRASES[language].defaultName : group.collection;
    return `<b>${i + 1}.</b> ${groupLine(group, language)}${names.size > 1 ? ` · ${fitText(MAX_NAME_CHARS, name)}` : ""}`;
  });
  const left = week.length - lines.length;
  return [`<b>${heading}</b>`, GAP_PHRASES[language].heading, ...lines, more(left)].join("\n\n");
}

/** The last Monday, 9:00 of the machine's time, that is not after `now`. */
function lastMondayAt9(now: Date): Date {
  const monday = new Date(now);
  monday.setHours(9, 0, 0, 0);
  monday.setDate(monday.getDate() - ((monday.getDay() + 6) % 7));
  if (monday > now) monday.setDate(monday.getDate() - 7);
  return monday;
}
