import { Composer } from "grammy";
import { interfaceLanguage } from "../../answering/phrases.ts";
import { onCommand } from "../command.ts";
import type { BotContext, BotPartners } from "../context.ts";
import { failureOf, reply, send } from "../delivery.ts";
import { once } from "../once.ts";
import type { InLanguages } from "../phrases.ts";
import { CODE_MS } from "./strangers.ts";

const ADMISSION: InLanguages<{
  readonly noSuchCode: string;
  readonly admitted: (id: number) => string;
  /** To whom was admitted. */
  readonly welcome: string;
  readonly revoked: (id: number) => string;
  readonly notAdmitted: string;
}> = {
  en: {
    noSuchCode: "There is no such code.",
    admitted: (id) => `Admitted: ${id}. /revoke ${id} takes it back.`,
    welcome: "My operator has admitted you: just ask. /help says how.",
    revoked: (id) => `No longer admitted: ${id}.`,
    notAdmitted: "Write /revoke and the id of a person or group that was admitted by a code.",
  },
  "zh-Hans": {
    noSuchCode: "没有这个代码。",
    admitted: (id) => `已准许：${id}。发送 /revoke ${id} 可以撤回。`,
    welcome: "管理者已经准许，请直接提问。/help 查看用法。",
    revoked: (id) => `不再准许：${id}。`,
    notAdmitted: "请在 /revoke 后面写上用代码准许过的用户或群组的编号。",
  },
  "zh-Hant": {
    noSuchCode: "沒有這個代碼。",
    admitted: (id) => `已准許：${id}。傳送 /revoke ${id} 可以撤回。`,
    welcome: "管理者已經准許，請直接提問。/help 查看用法。",
    revoked: (id) => `不再准許：${id}。`,
    notAdmitted: "請在 /revoke 後面寫上用代碼准許過的用戶或群組的編號。",
  },
};

/** `/admit CODE` and `/revoke ID` of the bot's admins. */
export function admissions({ store, log, now }: BotPartners): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const admins = composer.filter((ctx) => ctx.isAdmin);

  onCommand(admins, "admit", async (ctx, words) => {
    const at = now().getTime();
    const { noSuchCode, admitted } = ADMISSION[ctx.language];
    const admit = () => store.admissions.admit(words.toUpperCase(), at, at - CODE_MS) ?? null;
    const found = await once("admitted", store, admit);
    if (found === null) return reply(ctx, noSuchCode);
    const { id } = found;
    log.info("telegram.admitted", { id, by: ctx.from?.id });
    await reply(ctx, admitted(id));
    const { welcome } = ADMISSION[interfaceLanguage(found.language)];
    // Whoever has blocked the bot or removed it meanwhile is admitted all the same.
    await send(ctx.api, { chat: id }, welcome).catch((error: unknown) =>
      log.info("telegram.admitted-not-told", { id, ...failureOf(error) }),
    );
  });

  onCommand(admins, "revoke", async (ctx, words) => {
    const { revoked, notAdmitted } = ADMISSION[ctx.language];
    const id = /^-?\d{1,16}$/.test(words) ? Number(words) : 0;
    if (!(await once("revoked", store, () => store.admissions.revoke(id)))) return reply(ctx, notAdmitted);
    log.info("telegram.revoked", { id, by: ctx.from?.id });
    return reply(ctx, revoked(id));
  });
  return composer;
}
