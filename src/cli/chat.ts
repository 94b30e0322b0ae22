import { createInterface } from "node:readline";
import type { Assistant } from "../assistant.ts";
import type { Article } from "../types.ts";
import { answerLine } from "./lines.ts";
import { count, printableLine, write } from "./output.ts";
import { renderAnswer, type Style } from "./render.ts";
import type { Session } from "./session.ts";

const HELP = "Type a question in any language. /articles lists the articles, /quit or Ctrl-D leaves.\n";

/**
 * Questions and answers on a terminal, every line answered in the order typed or pasted. Resolves at /quit (or
 * exit), Ctrl-D or Ctrl-C; Ctrl-C does not wait for an answer under way.
 */
export async function chat(
  assistant: Pick<Assistant, "ask" | "articles">,
  { stdin, stdout, log, style }: Pick<Session, "stdin" | "stdout" | "log" | "style">,
): Promise<void> {
  await write(stdout, greeting(assistant.articles, style));
  const terminal = createInterface({ input: stdin, output: stdout, terminal: stdout.isTTY === true });
  let left = false;
  const leaving = new Promise<undefined>((resolve) => {
    terminal.once("SIGINT", () => {
      left = true;
      terminal.close();
      resolve(undefined);
    });
  });
  terminal.prompt();
  for await (const line of terminal) {
    if (left) break;
    const text = line.trim();
    const reply = isCommand(text)
      ? replyToCommand(text.toLowerCase(), assistant.articles)
      : await Promise.race([replyToQuestion(line), leaving]);
    if (reply === undefined) break;
    await write(stdout, reply);
    terminal.prompt();
  }
  terminal.close();
  await write(stdout, "\n");

  async function replyToQuestion(question: string): Promise<string> {
    if (question.trim() === "") return "";
    const answer = await answerLine(question, (text) => assistant.ask(text), log);
    return `${renderAnswer(answer, style)}\n`;
  }
}

/** Who types the word that leaves other programs wants to leave this one; nobody asks it as a question. */
function isCommand(text: string): boolean {
  return text.startsWith("/") || /^(?:quit|exit)$/i.test(text);
}

/** The text to show, undefined to leave. */
function replyToCommand(command: string, articles: readonly Article[]): string | undefined {
  switch (command) {
    case "/quit":
    case "/exit":
    case "quit":
    case "exit":
      return undefined;
    case "/help":
      return HELP;
    case "/articles":
      return articles.map((article, place) => `${place + 1}. ${describe(article)}\n`).join("");
    default:
      return `There is no command ${printableLine(command)}. ${HELP}`;
  }
}

function describe(article: Article): string {
  const authors = article.authors.length > 0 ? ` (${article.authors.map(printableLine).join("、")})` : "";
  return `《${printableLine(article.title)}》${authors}`;
}

function greeting(articles: readonly Article[], style: Style): string {
  const about = `answers questions about ${count(articles.length, "article")}, in the articles' own words.`;
  const examples = exampleQuestions(articles).map((question) => `  ${question}\n`);
  const shown = examples.length > 0 ? `For example:\n${examples.join("")}` : "";
  return `${style.bold("Wenbao 问报")} ${about}\n${shown}${style.dim(HELP)}\n`;
}

/** Up to three questions that the articles surely answer: who wrote them, in three languages. */
export function exampleQuestions(articles: readonly Article[]): readonly string[] {
  const forms = [
    (title: string) => `《${title}》的作者是谁？`,
    (title: string) => `Who wrote 《${title}》?`,
    (title: string) => `《${title}》的作者是誰？`,
  ];
  return articles
    .filter((article) => article.authors.length > 0)
    .slice(0, forms.length)
    .map((article, place) => forms[place]!(printableLine(article.title)));
}
