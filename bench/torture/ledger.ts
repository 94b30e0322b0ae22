import type { Message } from "grammy/types";
import { type Shown, shown } from "../../test/support/fake-bot-api/shown.ts";
import type { FakeBotApi, Step } from "../../test/support/fake-bot-api.ts";

/** What was asked and what came of it. Times are of `performance.now()`. */
export interface Figures {
  readonly sent: number;
  readonly answered: number;
  /** Still waiting. */
  readonly waiting: number;
  /** Answers beyond the first to one question, however they are worded. */
  readonly doubled: number;
  /** First answers that came after that to a later question of the same chat. */
  readonly disordered: number;
  /** The longest time without an answer to anything while something waited for one. */
  readonly longestSilenceMs: number;
  readonly edits: Sort;
  readonly documents: Sort;
  /** Buttons pressed and inline queries. */
  readonly queries: Sort;
}

export interface Answered {
  readonly chat: number;
  readonly askedMs: number;
  readonly answeredMs: number;
}

interface Sort {
  readonly sent: number;
  readonly waiting: number;
}

export interface Ledger {
  /** A question, whose answer replies to it. */
  asked(chat: number, question: Shown): void;
  /** The question was changed, or what came of the document: in the end the answer has to hold this. */
  edited(chat: number, question: Pick<Shown, "id">, answerHolds: string): void;
  /** A document, which is done with when its message says that it is imported. */
  documentSent(chat: number, document: Shown): void;
  queried(id: string): void;
  figures(): Figures;
  /** Everything that waits, questions and the others. */
  waiting(): number;
  /** The first answer to each question, in the order in which they came. */
  readonly answers: readonly Answered[];
  /** A document that is imported, each once, with the message that says so. */
  takeImported(): { readonly document: Pick<Shown, "id">; readonly report: Shown } | undefined;
  /** The bot's answer to a question of this chat that came last. */
  latestAnswer(chat: number): Shown | undefined;
}

interface Question {
  readonly id: number;
  readonly askedMs: number;
  answers: number;
  /** What its answer says now. */
  text: string;
  /** What it has to hold in the end, once the question was edited. */
  mustHold?: string;
  readonly isDocument: boolean;
}

/** What a document's message says in the end. */
const DONE = /^✅|could not be downloaded/u;

/** Watches all that the bot does at a fake Telegram. */
export function keepLedger(telegram: FakeBotApi): Ledger {
  const questions = new Map<string, Question>();
  /** By the key of the bot's message. */
  const answered = new Map<string, Question>();
  const latest = new Map<number, Message>();
  const lastAnswered = new Map<number, number>();
  const imported: { readonly document: Question; readonly message: Message }[] = [];
  const queries = new Set<string>();
  const open = new Set<Question>();
  const stale = new Set<Question>();
  const answers: Answered[] = [];
  let [sent, documents, queried, edits, doubled, disordered] = [0, 0, 0, 0, 0, 0];
  let longestSilenceMs = 0;
  let silentSince: number | undefined;

  function add(chat: number, { id }: Shown, isDocument: boolean): void {
    const question = { id, askedMs: performance.now(), answers: 0, text: "", isDocument };
    questions.set(`${chat}:${id}`, question);
    open.add(question);
    silentSince ??= question.askedMs;
  }

  function sendMessage(payload: Record<string, unknown>, message: Message): void {
    const chat = message.chat.id;
    const to = Number(Object(payload.reply_parameters).message_id);
    const question = questions.get(`${chat}:${to}`);
    if (!question) return;
    answered.set(`${chat}:${message.message_id}`, question);
    show(question, message);
    if (question.isDocument) return;
    question.answers++;
    if (question.answers > 1) {
      doubled++;
      return;
    }
    latest.set(chat, message);
    if (to < (lastAnswered.get(chat) ?? 0)) disordered++;
    else lastAnswered.set(chat, to);
    open.delete(question);
    const answeredMs = performance.now();
    answers.push({ chat, askedMs: question.askedMs, answeredMs });
    if (silentSince !== undefined) longestSilenceMs = Math.max(longestSilenceMs, answeredMs - silentSince);
    silentSince = open.size > 0 ? answeredMs : undefined;
  }

  function show(question: Question, message: Message): void {
    const { text = "" } = message;
    question.text = text;
    if (question.isDocument && DONE.test(text) && open.delete(question) && message.reply_markup)
      imported.push({ document: question, message });
    checkEdit(question);
  }

  function checkEdit(question: Question): void {
    if (question.mustHold === undefined) return;
    if (question.text.includes(question.mustHold)) stale.delete(question);
    else stale.add(question);
  }

  telegram.watch(({ at, method, payload, response }: Step) => {
    if (at !== "done" || !response.ok) return;
    if (method === "sendMessage") sendMessage(payload, response.result as Message);
    if (method === "editMessageText") {
      const message = response.result as Message;
      const question = answered.get(`${message.chat?.id}:${message.message_id}`);
      if (question) show(question, message);
    }
    if (method === "answerCallbackQuery") queries.delete(String(payload.callback_query_id));
    if (method === "answerInlineQuery") queries.delete(String(payload.inline_query_id));
  });

  const openOf = (isDocument: boolean) => [...open].filter((one) => one.isDocument === isDocument).length;

  return {
    asked(chat, question) {
      sent++;
      add(chat, question, false);
    },
    edited(chat, { id }, answerHolds) {
      edits++;
      const question = questions.get(`${chat}:${id}`)!;
      question.mustHold = answerHolds;
      checkEdit(question);
    },
    documentSent(chat, document) {
      documents++;
      add(chat, document, true);
    },
    queried(id) {
      queried++;
      queries.add(id);
    },
    figures() {
      const waiting = openOf(false);
      if (silentSince !== undefined)
        longestSilenceMs = Math.max(longestSilenceMs, performance.now() - silentSince);
      return {
        ...{ sent, answered: sent - waiting, waiting, doubled, disordered, longestSilenceMs },
        edits: { sent: edits, waiting: stale.size },
        documents: { sent: documents, waiting: openOf(true) },
        queries: { sent: queried, waiting: queries.size },
      };
    },
    waiting: () => open.size + queries.size + stale.size,
    answers,
    takeImported() {
      // Begun again after a kill, it is not imported for a moment.
      const at = imported.findIndex(({ document }) => DONE.test(document.text));
      const [taken] = at < 0 ? [] : imported.splice(at, 1);
      return taken && { document: taken.document, report: shown(taken.message, telegram.me) };
    },
    latestAnswer(chat) {
      const message = latest.get(chat);
      return message && shown(message, telegram.me);
    },
  };
}
