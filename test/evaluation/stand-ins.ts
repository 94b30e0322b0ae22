import type { OpenSubject } from "../../src/evaluation/evaluate.ts";
import type { Answer, Answered, Article, ArticleId, ListReport } from "../../src/types.ts";

const base = { question: "", language: "zh", confidence: 0.9 };

export function answered(...texts: string[]): Answered {
  const quotes = texts.map((text, i) => ({
    text,
    field: "text" as const,
    articleId: "a" as ArticleId,
    title: "",
    authors: [],
    paragraph: 1,
    start: 0,
    end: text.length,
    citation: i + 1,
  }));
  return { ...base, kind: "answered", quotes };
}

/** An answer with a list of two, unless told otherwise. */
export function listing(items: readonly string[], list: Partial<ListReport> = {}): Answered {
  const report = { declared: 2, found: items.length, complete: true, items, ...list };
  return { ...answered(items.join("；")), list: report };
}

export function notFound(): Answer {
  return { ...base, kind: "not-found", nearest: [] };
}

export function withConfidence(answer: Answer, confidence: number): Answer {
  return { ...answer, confidence };
}

/** What a stand-in says to one question; an error is thrown. */
export interface Script {
  readonly answer: Answer | Error;
  readonly ranked?: readonly string[];
  readonly takesMs?: number;
}

/** A subject that answers by script, on a clock that only its answers move. */
export function scriptedSubject(scripts: Readonly<Record<string, Script>>, own: readonly Article[] = []) {
  let time = 0;
  const asked: string[] = [];
  const opened: (readonly Article[] | undefined)[] = [];
  let closed = 0;
  const scriptOf = (question: string) => {
    const script = scripts[question];
    if (!script) throw new Error(`no script for ${question}`);
    return script;
  };
  const openSubject = async (articles: readonly Article[] | undefined): Promise<OpenSubject> => {
    opened.push(articles);
    return {
      passages: 42,
      model: "stand-in",
      modelFingerprint: "f00d",
      articles: articles ?? own,
      async rank(question) {
        time += 1000;
        return (scriptOf(question).ranked ?? []) as ArticleId[];
      },
      async ask(question) {
        asked.push(question);
        const { answer, takesMs = 1 } = scriptOf(question);
        time += takesMs;
        if (answer instanceof Error) throw answer;
        return answer;
      },
      async close() {
        closed++;
      },
    };
  };
  return { openSubject, now: () => time, asked, opened, closed: () => closed };
}
