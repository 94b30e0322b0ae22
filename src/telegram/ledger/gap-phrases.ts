import type { InLanguages } from "../phrases.ts";

interface GapPhrases {
  readonly heading: string;
  readonly none: string;
  readonly noCollection: (name: string) => string;
  /** Where nothing is open here, and in other collections is. */
  readonly elsewhere: (names: string) => string;
  readonly defaultName: string;
  readonly counts: (askers: number, times: number) => string;
  readonly prompt: string;
  readonly further: (count: number) => string;
  readonly answered: string;
  readonly dismissed: string;
  readonly gone: string;
  readonly alreadySettled: string;
  readonly stillNothing: string;
  readonly closed: (told: number) => string;
  readonly saved: (found: number, wordings: number, askers: number) => string;
  readonly notSaved: (reason: string) => string;
  /** The reply would not be found by the question, and is not kept. */
  readonly notFound: (question: string) => string;
  readonly foundInstead: string;
  readonly undone: (withdrawn: number) => string;
  readonly notUndone: (reason: string) => string;
  readonly buttons: {
    readonly askAgain: string;
    readonly dismiss: string;
    readonly close: string;
    readonly undo: string;
    readonly reopen: string;
  };
}

/** What the ledger says to admins. */
export const GAP_PHRASES: InLanguages<GapPhrases> = {
  en: {
    heading: "Questions without a good answer",
    none: "No question is waiting for an answer.",
    noCollection: (name) => `There is no collection ${name}.`,
    elsewhere: (names) => `In other collections: ${names}. Send /gaps and the name.`,
    defaultName: "default",
    counts: (askers, times) =>
      `${askers} ${askers === 1 ? "person" : "people"}, ${times === 1 ? "once" : `${times} times`}`,
    prompt:
      "Reply to this message with the answer. It becomes an article, which is quoted word for word, so write whole sentences that say what was asked.",
    further: (count) => `… and ${count} more wordings`,
    answered: "✅ Answered.",
    dismissed: "🗑 Dismissed.",
    gone: "The questions were deleted.",
    alreadySettled: "These questions are already settled. To change an answer, undo it first.",
    stillNothing: "Still not found.",
    closed: (told) => `✅ Closed. ${told} told.`,
    saved: (found, wordings, askers) =>
      `✅ Your answer is an article now. ${found} of ${wordings} wordings find it. ${askers} ${askers === 1 ? "person is" : "people are"} being told.`,
    notSaved: (reason) => `The article could not be saved: ${reason}`,
    notFound: (question) =>
      `Not saved: asking “${question}” does not find your answer. Reply once more, in a whole sentence that uses the words of the question, with numbers in digits.`,
    foundInstead: "This is found instead:",
    undone: (withdrawn) =>
      `The article is removed and the questions are open again. Withdrawn: ${withdrawn}.`,
    notUndone: (reason) => `It could not be undone: ${reason}`,
    buttons: {
      askAgain: "🔄 Ask again",
      dismiss: "🗑 Dismiss",
      close: "✅ Close and tell who asked",
      undo: "↩ Undo",
      reopen: "↩ Reopen",
    },
  },
  "zh-Hans": {
    heading: "还没有好答案的问题",
    none: "没有等待回答的问题。",
    noCollection: (name) => `没有文集 ${name}。`,
    elsewhere: (names) => `其他文集里还有：${names}。发送 /gaps 加文集名查看。`,
    defaultName: "默认",
    counts: (askers, times) => `${askers} 人问过，共 ${times} 次`,
    prompt:
      "请直接回复这条消息，写出答案。它会成为一篇文章，以后逐字引用，所以请写完整的句子，说清问的是什么。",
    further: (count) => `……还有 ${count} 种问法`,
    answered: "✅ 已回答。",
    dismissed: "🗑 已忽略。",
    gone: "这些问题已被删除。",
    alreadySettled: "这些问题已经处理过了。要改答案，请先撤销。",
    stillNothing: "还是没有找到。",
    closed: (told) => `✅ 已关闭，通知了 ${told} 人。`,
    saved: (found, wordings, askers) =>
      `✅ 你的回答已成为文章，${wordings} 种问法中有 ${found} 种能找到它。正在通知提问的 ${askers} 人。`,
    notSaved: (reason) => `文章没能保存：${reason}`,
    notFound: (question) =>
      `没有保存：问“${question}”找不到你的回答。请再回复一次，用完整的句子，用上问题里的词，数目写成数字。`,
    foundInstead: "现在找到的是：",
    undone: (withdrawn) => `文章已删除，问题重新打开。撤回通知 ${withdrawn} 条。`,
    notUndone: (reason) => `没能撤销：${reason}`,
    buttons: {
      askAgain: "🔄 再问一次",
      dismiss: "🗑 忽略",
      close: "✅ 关闭并通知提问的人",
      undo: "↩ 撤销",
      reopen: "↩ 重新打开",
    },
  },
  "zh-Hant": {
    heading: "還沒有好答案的問題",
    none: "沒有等待回答的問題。",
    noCollection: (name) => `沒有文集 ${name}。`,
    elsewhere: (names) => `其他文集裡還有：${names}。傳送 /gaps 加文集名查看。`,
    defaultName: "預設",
    counts: (askers, times) => `${askers} 人問過，共 ${times} 次`,
    prompt:
      "請直接回覆這則訊息，寫出答案。它會成為一篇文章，以後逐字引用，所以請寫完整的句子，說清問的是什麼。",
    further: (count) => `……還有 ${count} 種問法`,
    answered: "✅ 已回答。",
    dismissed: "🗑 已忽略。",
    gone: "這些問題已被刪除。",
    alreadySettled: "這些問題已經處理過了。要改答案，請先復原。",
    stillNothing: "還是沒有找到。",
    closed: (told) => `✅ 已關閉，通知了 ${told} 人。`,
    saved: (found, wordings, askers) =>
      `✅ 你的回答已成為文章，${wordings} 種問法中有 ${found} 種能找到它。正在通知提問的 ${askers} 人。`,
    notSaved: (reason) => `文章沒能儲存：${reason}`,
    notFound: (question) =>
      `沒有儲存：問「${question}」找不到你的回答。請再回覆一次，用完整的句子，用上問題裡的詞，數目寫成數字。`,
    foundInstead: "現在找到的是：",
    undone: (withdrawn) => `文章已刪除，問題重新打開。撤回通知 ${withdrawn} 則。`,
    notUndone: (reason) => `沒能復原：${reason}`,
    buttons: {
      askAgain: "🔄 再問一次",
      dismiss: "🗑 忽略",
      close: "✅ 關閉並通知提問的人",
      undo: "↩ 復原",
      reopen: "↩ 重新打開",
    },
  },
};
