import type { Reading } from "./reading.ts";

/** What was spoken of, as far as a question may borrow from it. */
export interface Topic {
  /** The last question that stood on its own. */
  readonly question: Reading;
  /**
   * Of the article that answered it. A title finds its article, and its words count for little when evidence is chosen
   * there: what every sentence is about.
   */
  readonly title: string | undefined;
}

const YEAR = /(?:1[0-9]|20)[0-9]{2}年?/u;
const TIME = /^[0-9]{1,4}(?:[年月日号]|$)/u;

/** Ways to ask a question that lacks something, with what was spoken of put in its place; the likeliest first. */
export function rewritings({ lack, rest, things }: Reading, { question, title }: Topic): string[] {
  const about = [
    title,
    question.things.find((thing) => thing.length > 1 && !TIME.test(thing)),
    question.subject,
  ];
  const topic = about.find((text) => text !== undefined && text !== "");
  const withTopic = topic === undefined ? [] : [`${topic} ${rest}`];
  switch (lack) {
    case "complete":
      return [];
    case "pointing":
    case "unsaid":
    case "bare":
      return withTopic;
    case "asking":
      return [...(question.subject === "" ? [] : [`${question.subject} ${rest}`]), ...withTopic];
    case "naming":
      return [...replaced(rest, things, question), ...withTopic];
  }
}

/** The last question about something else: a year for its year, a time for its time, or another of its things. */
function replaced(rest: string, things: readonly string[], last: Reading): string[] {
  const year = YEAR.exec(rest)?.[0];
  if (year !== undefined && YEAR.test(last.rest)) return [last.rest.replace(YEAR, () => year)];
  const isTime = TIME.test(rest);
  const old = last.things.filter((thing) => TIME.test(thing) === isTime);
  const topic = things.length === 1 ? things[0]! : rest;
  const ends = [...new Set([old[0], old.at(-1)])].flatMap((thing) => thing ?? []);
  return ends.length === 0
    ? [`${rest} ${last.rest}`]
    : ends.map((thing) => last.rest.replace(thing, () => topic));
}
