import type { Corpus } from "../../corpus/read-corpus.ts";
import { AppError } from "../../errors.ts";
import { count } from "../output.ts";
import type { Session } from "../session.ts";
import { type Examination, nameSome } from "./examination.ts";

/** The articles, and whether the index is theirs. */
export function articleExaminations(session: Session): readonly Examination[] {
  const { config, log, rooms } = session;
  let reading: Promise<Corpus> | undefined;
  const readOnce = () => {
    reading ??= rooms.readCorpus(config.corpusDir);
    return reading;
  };
  return [
    ["corpus", "fail", async () => countArticles(config.corpusDir, await readOnce())],
    ["articles", "warn", async () => judgeArticles(await readOnce().catch(() => undefined), session)],
    [
      "index",
      "fail",
      async () => {
        const { articles } = await readOnce().catch((): Pick<Corpus, "articles"> => ({ articles: [] }));
        let passages = 0;
        for (const collection of new Set(["", ...articles.map((article) => article.collection)])) {
          const opened = await rooms.openAssistant(config, log, collection);
          if (opened.damage) throw new AppError(opened.damage.reason);
          passages += opened.passages;
        }
        return `${count(passages, "passage")} in ${config.indexDir}, as the corpus has them`;
      },
    ],
  ];
}

function countArticles(corpusDir: string, { articles, problems }: Corpus): string {
  if (problems.length > 0) {
    const named = problems.map(({ path, reason }) => `${path} (${reason})`).join(", ");
    throw new AppError(
      `${count(problems.length, "file")} of ${corpusDir} left out: ${named}. Correct or remove what is named.`,
    );
  }
  if (articles.length > 0) return `${count(articles.length, "article")} in ${corpusDir}`;
  throw new AppError(
    `${corpusDir} holds no article. Add some with "npm run import -- PATH", or let CORPUS_DIR name a folder that has some.`,
  );
}

/** A corpus that cannot be read is undefined; that is another place's finding. */
async function judgeArticles(corpus: Corpus | undefined, { now, rooms }: Session): Promise<string> {
  const { articles, misnamed = [] } = corpus ?? { articles: [] };
  // Sweden writes dates as ISO 8601 does, and the operator's day counts, not that of Greenwich.
  const findings = [...(await rooms.examineArticles(articles, now().toLocaleDateString("sv")))];
  if (misnamed.length > 0) {
    findings.push({
      what: "another id in the front matter than the file's name",
      where: misnamed,
      advice: 'The name counts; correct "id:" or rename the file.',
    });
  }
  if (findings.length === 0) return `nothing looks wrong with ${count(articles.length, "article")}`;
  const lines = findings.map(
    ({ what, where, advice }) => `${what} (${where.length}): ${nameSome(where)}. ${advice}`,
  );
  throw new AppError(lines.join("\n"));
}
