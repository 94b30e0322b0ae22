import { AppError, UsageError } from "../errors.ts";
import { jsonLine } from "../log.ts";
import type { Article } from "../types.ts";
import { buildAndDescribe } from "./build.ts";
import { type Call, type Command, JSON_OPTION } from "./command.ts";
import { nearestIds } from "./nearest-ids.ts";
import { count, printable, printableLine, write } from "./output.ts";
import type { Style } from "./render.ts";
import type { Session } from "./session.ts";
import { clip, tableLines } from "./table.ts";

/** Titles are cut to as many columns in a list on a terminal. */
const MAX_CELL_COLUMNS = 44;

/** What the corpus holds, and how an article leaves it. */
export const articles: Command = {
  name: "articles",
  summary: "list, show or remove the articles of the corpus",
  operand: "[list | show ID | remove ID…]",
  details:
    "list (also without an operand) has one article a line; where stdout is no terminal, its id, date, title and\n" +
    "authors with tabs between them. show numbers the paragraphs as citations do. remove asks nothing, removes all\n" +
    "of the articles or, where one is unknown, none, and refreshes the index; their sources are not touched.",
  options: {
    collection: { value: "NAME", description: "list only this subfolder's articles" },
    "dry-run": { description: "show what would be removed and remove nothing" },
    "no-index": { description: "leave the index as it is" },
    ...JSON_OPTION,
  },
  examples: [
    ["npm run --silent articles", "what is there"],
    ["npm run --silent articles -- show page-03", "read one, its paragraphs numbered"],
    ["npm run --silent articles -- remove page-03 news/page-01", "take two out of the corpus and the index"],
  ],

  async run(call, session) {
    const [action = "list", ...ids] = call.operands;
    switch (action) {
      case "list":
        if (ids.length > 0) throw new UsageError(`list takes no ID: "show ${ids[0]}" shows one article.`);
        return list(call, session);
      case "show":
        if (ids.length !== 1) throw new UsageError("show takes one ID.");
        return show(ids[0]!, call, session);
      case "remove":
        if (ids.length === 0) throw new UsageError("remove takes the ID of at least one article.");
        return remove(ids, call, session);
      default:
        throw new UsageError(`There is no "articles ${action}"; there are list, show and remove.`);
    }
  },
};

async function list({ has, value }: Call, session: Session): Promise<number> {
  const { config, rooms, stdout, stderr, style } = session;
  const corpus = await rooms.readCorpus(config.corpusDir);
  const collection = value("collection");
  const chosen = corpus.articles.filter((each) => collection === undefined || each.collection === collection);
  for (const { path, reason } of corpus.problems)
    await write(stderr, `${printableLine(`Left out ${path}: ${reason}`)}\n`);
  if (collection !== undefined && chosen.length === 0)
    throw new AppError(`The corpus has no article in a collection ${collection}.`);
  const text = () => (stdout.isTTY ? describeList(chosen, style) : chosen.map(tabbedLine).join(""));
  await write(stdout, has("json") ? jsonLine({ articles: chosen.map(summaryOf) }) : text());
  return 0;
}

async function show(id: string, { has }: Call, session: Session): Promise<number> {
  const [article] = await find([id], session);
  const paragraphs = article!.paragraphs.map(({ start, end }) => article!.text.slice(start, end));
  const json = () => jsonLine({ ...summaryOf(article!), paragraphs });
  await write(session.stdout, has("json") ? json() : describeArticle(article!, paragraphs, session.style));
  return 0;
}

async function remove(ids: readonly string[], { has }: Call, session: Session): Promise<number> {
  const { config, rooms, stdout, stderr, forOperator } = session;
  // What a removal that was killed has hidden may be asked to be removed again.
  if (!has("dry-run")) await rooms.settleCorpus(config.corpusDir);
  const found = await find([...new Set(ids)], session);
  if (!has("dry-run")) await rooms.removeArticles(config.corpusDir, found);
  const verb = has("dry-run") ? "Would remove" : "Removed";
  const lines = found.map(({ id, title }) => `  ${printableLine(id)}  《${printableLine(title)}》\n`);
  const text = `${verb} ${count(found.length, "article")}:\n${lines.join("")}`;
  await write(stdout, has("json") ? jsonLine({ removed: found.map(({ id }) => id) }) : text);
  if (has("dry-run")) return 0;

  // What was removed is gone already, whatever becomes of the index.
  const left = 'The index is as it was. Run "npm run index" before asking.\n';
  const told = has("no-index") ? forOperator(left) : await buildAndDescribe(session);
  await write(has("json") ? stderr : stdout, told);
  return 0;
}

/** The articles with these ids. Throws AppError where one has none. */
async function find(ids: readonly string[], { config, rooms }: Session): Promise<readonly Article[]> {
  const corpus = await rooms.readCorpus(config.corpusDir);
  const known = new Map<string, Article>(corpus.articles.map((article) => [article.id, article]));
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length === 0) return ids.map((id) => known.get(id)!);
  const hints = unknown.map((id) => {
    const nearest = nearestIds(id, [...known.keys()]);
    return nearest.length > 0 ? `${id} (the nearest: ${nearest.join(", ")})` : id;
  });
  throw new AppError(`There is no article ${hints.join(", ")}. "npm run articles" lists all.`);
}

function summaryOf({ text: _, imported: __, collection, paragraphs, ...article }: Article) {
  return { ...article, ...(collection === "" ? {} : { collection }), paragraphs: paragraphs.length };
}

function tabbedLine({ id, publishedAt = "", title, authors }: Article): string {
  return `${[id, publishedAt, title, authors.join("、")].map(printableLine).join("\t")}\n`;
}

function describeList(chosen: readonly Article[], style: Style): string {
  const rows = chosen.map((article) => [
    article.id,
    article.publishedAt ?? "",
    clip(printableLine(article.title), MAX_CELL_COLUMNS),
    clip(printableLine(article.authors.join("、")), MAX_CELL_COLUMNS),
    count(article.paragraphs.length, "paragraph"),
    placeOf(article),
  ]);
  const lines = tableLines(rows.map((row) => row.map(printableLine)));
  return `${lines.map((line) => `${line}\n`).join("")}${style.dim(`${count(chosen.length, "article")}.`)}\n`;
}

function describeArticle(article: Article, paragraphs: readonly string[], style: Style): string {
  const { id, title, authors, publishedAt } = article;
  const facts = [
    id,
    ...(authors.length > 0 ? [`by ${authors.join("、")}`] : []),
    publishedAt ?? [],
    placeOf(article),
  ];
  const width = String(paragraphs.length).length;
  const indent = " ".repeat(width + 2);
  return [
    `${style.bold(`《${printableLine(title)}》`)}\n`,
    `${style.dim(facts.flat().map(printableLine).join(", "))}\n\n`,
    ...paragraphs.map((paragraph, place) => {
      const number = style.dim(String(place + 1).padStart(width));
      return `${number}  ${printable(paragraph).replaceAll("\n", `\n${indent}`)}\n`;
    }),
  ].join("");
}

function placeOf({ source, page }: Article): string {
  return page === undefined ? source : `${source}, page ${page}`;
}
