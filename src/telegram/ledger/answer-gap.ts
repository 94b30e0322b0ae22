import { detectLanguage } from "../../analysis/language.ts";
import { interfaceLanguage } from "../../answering/phrases.ts";
import { AppError, messageOf } from "../../errors.ts";
import type { Gap, GapPrompt } from "../../store/gaps.ts";
import type { Answered, Article, ArticleId } from "../../types.ts";
import type { BotPartners } from "../context.ts";
import type { InLanguages } from "../phrases.ts";
import { currentTask } from "../task.ts";
import { askIn, askWordings } from "./ask-wordings.ts";
import { oncePerAsker, wordingsOf } from "./gap-groups.ts";
import type { Teller } from "./tell-askers.ts";

/** What became of an admin's answer. */
export type Outcome =
  | { readonly kind: "settled" }
  | { readonly kind: "failed"; readonly reason: string }
  /** Asking the question finds something else, or nothing: the article is not kept. */
  | { readonly kind: "not-found"; readonly question: string; readonly instead: Answered | undefined }
  | {
      readonly kind: "saved";
      /** How many of the wordings find it. */
      readonly found: number;
      readonly wordings: number;
      /** How many people are to be told. */
      readonly askers: number;
    };

/** How an article names its origin, in the main language of its collection. */
const BYLINE: InLanguages<{ readonly author: string; readonly source: string }> = {
  en: { author: "Admin", source: "Admin’s answer" },
  "zh-Hans": { author: "管理员", source: "管理员答复" },
  "zh-Hant": { author: "管理員", source: "管理員答覆" },
};

/** Whatever the language, which a first article may have changed. */
const SOURCES = new Set(Object.values(BYLINE).map(({ source }) => source));

/** The titles of so many articles show what language a collection is written in. */
const TITLES = 50;

/**
 * Makes an article of an admin's answer to the questions of a prompt, in the collection in which they were asked, and
 * has it found: if no wording of the question finds it, it is removed again. Who asked is noted to be told.
 */
export async function answerGap(prompt: GapPrompt, text: string, partners: BotPartners): Promise<Outcome> {
  const { editor, store, library } = partners;
  const asked = store.gaps.asked(prompt.id);
  const open = asked.filter(({ settled }) => settled === null);
  const isAgain = currentTask()?.isAgain ?? false;
  const gaps = isAgain && open.length === 0 ? asked.filter(({ settled }) => settled === "answered") : open;
  const [newest] = gaps;
  if (newest === undefined) return { kind: "settled" };
  const wordings = wordingsOf(gaps);
  const { question } = wordings[0]!;
  const { author, source } = BYLINE[await mainLanguage(newest.collection, library)];
  const { collection } = newest;
  let article: ArticleId | undefined;
  try {
    // Where the program was killed in the middle, the article may be there.
    const isWritten = (one: Article) =>
      SOURCES.has(one.source) && words(one.title) === words(question) && words(one.text) === words(text);
    const written = isAgain ? articlesIn(collection, library).find(isWritten) : undefined;
    if (open.length === 0 && written?.id !== prompt.article) return { kind: "settled" };
    article =
      written?.id ??
      (await editor.addArticle({ title: question, authors: [author], text, source, collection }));
    await editor.refresh();
    const found = await askWordings(gaps, article, partners);
    if (found.size === 0) {
      const instead = await askIn(collection, question, library);
      await editor.remove([article]);
      await editor.refresh();
      return { kind: "not-found", question, instead: instead?.kind === "answered" ? instead : undefined };
    }
    store.gaps.setArticle(prompt.id, article);
    const askers = open.length > 0 ? settle(prompt, gaps, partners) : store.gaps.told(prompt.id).length;
    return { kind: "saved", found: found.size, wordings: wordings.length, askers };
  } catch (error) {
    // What nobody was told of must not be found later; where it cannot be removed either, the log of the refresh says why.
    if (article !== undefined && open.length > 0) await editor.remove([article]).catch(() => undefined);
    if (!(error instanceof AppError)) throw error;
    return { kind: "failed", reason: messageOf(error) };
  }
}

/**
 * Notes questions as answered, and everybody who asked as to be told; gives how many these are. What was edited since
 * is another question, and stays open.
 */
export function settle(
  prompt: GapPrompt,
  answered: readonly Gap[],
  { store }: Pick<BotPartners, "store">,
): number {
  const gaps = answered.filter(({ id, meant }) => store.gaps.get(id)?.meant === meant);
  // A guest's chat may be another one of the same id.
  const reachable = gaps.filter(({ chat, surface }) => chat !== null && surface !== "guest");
  const told = oncePerAsker(reachable).map(({ id }) => id);
  const ids = gaps.map(({ id }) => id);
  store.gaps.answered(prompt.id, ids, told);
  return told.length;
}

/** Removes the article of a prompt, opens its questions again and withdraws what was told; gives in how many messages. */
export async function undoAnswer(prompt: GapPrompt, partners: BotPartners, teller: Teller): Promise<number> {
  const { editor, store, library } = partners;
  const isThere = library
    .collections()
    .some((name) => library.follow(name).articles.some(({ id }) => id === prompt.article));
  if (prompt.article !== null && isThere) {
    await editor.remove([prompt.article]);
    await editor.refresh();
  }
  store.gaps.reopen(store.gaps.asked(prompt.id).map(({ id }) => id));
  const withdrawn = await teller.withdraw(prompt);
  // At last: killed before, all of it is done once more.
  store.gaps.setArticle(prompt.id, null);
  return withdrawn;
}

/** The language of most of a collection's titles, as far as the bot speaks it. */
export async function mainLanguage(collection: string, library: BotPartners["library"]) {
  if (!library.collections().includes(collection)) return interfaceLanguage(undefined);
  const titles = articlesIn(collection, library)
    .slice(0, TITLES)
    .map(({ title }) => title);
  return interfaceLanguage(await detectLanguage(titles.join("\n")));
}

/** However a file sets its lines. */
function words(text: string): string {
  return text.split(/\s+/).join(" ").trim();
}

function articlesIn(collection: string, library: BotPartners["library"]): readonly Article[] {
  return library.collections().includes(collection) ? library.follow(collection).articles : [];
}
