import type { InterfaceLanguage } from "../answering/phrases.ts";

/** The same thing in every language of the interface. */
export type InLanguages<Said> = Readonly<Record<InterfaceLanguage, Said>>;

interface Phrases {
  readonly greeting: string;
  readonly help: string;
  /** `/ask` without a question. */
  readonly usage: string;
  readonly textOnly: string;
  readonly questionTooLong: (maxChars: number) => string;
  readonly failed: string;
  readonly shortened: string;
  /** Told once to who asks in another language. */
  readonly original: string;
  /** How much of a list an item was wanted from that the source does not give. */
  readonly missingItem: (wanted: number, found: number) => string;
  readonly forgotten: string;
  readonly outdated: string;
  readonly buttons: {
    readonly article: string;
    readonly more: string;
    readonly back: string;
  };
}

/** What the bot says wherever it is asked; what a feature says stands beside that feature. */
export const PHRASES: InLanguages<Phrases> = {
  en: {
    greeting:
      "Hello, I am Wenbao. Ask me a question: I answer with verbatim quotes from the articles and say which article and paragraph they come from. Ask in any language; the quotes stay in the language of the articles. /articles shows what there is to ask about, /help how.",
    help: "Wenbao answers only with verbatim quotes from the articles, and says so when they hold no answer.\n\n• In a private chat: just send your question. “And the third?” is understood from what you asked before; /new forgets that. Edit a question, and its answer follows.\n• In a group: mention me, reply to one of my messages, or send /ask and your question. Reply to a message with /ask alone to ask what it asks.\n• In any chat: write my name and a question into the message field.\n\n/articles – browse the articles\n/language – the language I speak\n/forget – delete what I keep of you\n\nAsk in any language; the quotes stay in the language of the articles.",
    usage: "Write your question after /ask, or reply to a message with /ask.",
    textOnly: "I can only read text. Please write your question.",
    questionTooLong: (maxChars) => `The question is too long. Please keep it within ${maxChars} characters.`,
    failed: "Something went wrong on our side and there is no answer. Please try again.",
    shortened: "(shortened: too long for one message)",
    original: "Quotes stay in the language of the article, word for word.",
    missingItem: (wanted, found) => `There is no number ${wanted}: the source gives only ${found}.`,
    forgotten: "A new start: the next question stands on its own.",
    outdated: "That is no longer there.",
    buttons: { article: "Full article", more: "More passages", back: "◀ Back to the answer" },
  },
  "zh-Hans": {
    greeting:
      "你好，我是问报。请直接提问，我用文章里的原文回答，并注明出自哪篇文章、第几段。可以用任何语言提问，引文保持文章的语言。发送 /articles 浏览文章，/help 查看用法。",
    help: "问报只用文章里的原文回答；文章里没有的，会照实说没有。\n\n• 私聊：直接发送问题。接着问“第三条呢？”，我会联系上文理解；/new 重新开始。修改问题，答案随之更新。\n• 群里：提到我、回复我的消息，或发送 /ask 加问题。回复某条消息并发送 /ask，就问那条消息。\n• 任何聊天：在输入框里写我的名字和问题。\n\n/articles – 浏览文章\n/language – 界面语言\n/forget – 删除我保存的你的记录\n\n可以用任何语言提问，引文保持文章的语言。",
    usage: "请在 /ask 后面写上问题，或者回复一条消息并发送 /ask。",
    textOnly: "我只看得懂文字，请把问题写成文字。",
    questionTooLong: (maxChars) => `问题太长了，请缩短到 ${maxChars} 字以内。`,
    failed: "我这边出了点问题，没能回答。请再试一次。",
    shortened: "（内容太长，有删节）",
    original: "引文一律保持文章原文，一字不改。",
    missingItem: (wanted, found) => `没有第 ${wanted} 项：原文只给出 ${found} 项。`,
    forgotten: "好，重新开始：下一个问题不再联系上文。",
    outdated: "这项内容已经不在了。",
    buttons: { article: "全文", more: "更多段落", back: "◀ 返回答案" },
  },
  "zh-Hant": {
    greeting:
      "你好，我是問報。請直接提問，我用文章裡的原文回答，並註明出自哪篇文章、第幾段。可以用任何語言提問，引文保持文章的語言。傳送 /articles 瀏覽文章，/help 查看用法。",
    help: "問報只用文章裡的原文回答；文章裡沒有的，會照實說沒有。\n\n• 私訊：直接傳送問題。接著問「第三條呢？」，我會聯繫上文理解；/new 重新開始。修改問題，答案隨之更新。\n• 群組裡：提到我、回覆我的訊息，或傳送 /ask 加問題。回覆某則訊息並傳送 /ask，就問那則訊息。\n• 任何聊天：在輸入框裡寫我的名字和問題。\n\n/articles – 瀏覽文章\n/language – 介面語言\n/forget – 刪除我保存的你的紀錄\n\n可以用任何語言提問，引文保持文章的語言。",
    usage: "請在 /ask 後面寫上問題，或者回覆一則訊息並傳送 /ask。",
    textOnly: "我只看得懂文字，請把問題寫成文字。",
    questionTooLong: (maxChars) => `問題太長了，請縮短到 ${maxChars} 字以內。`,
    failed: "我這邊出了點問題，沒能回答。請再試一次。",
    shortened: "（內容太長，有刪節）",
    original: "引文一律保持文章原文，一字不改。",
    missingItem: (wanted, found) => `沒有第 ${wanted} 項：原文只給出 ${found} 項。`,
    forgotten: "好，重新開始：下一個問題不再聯繫上文。",
    outdated: "這項內容已經不在了。",
    buttons: { article: "全文", more: "更多段落", back: "◀ 返回答案" },
  },
};
