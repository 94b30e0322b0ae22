import { setTimeout as sleep } from "node:timers/promises";
import { atLeast, atMost, type Part, plain } from "./part.ts";
import { onStage } from "./stage.ts";
import { QUESTIONS_ONLY } from "./traffic.ts";
import { untilAnswered } from "./until-answered.ts";

const CHATS = 500;
const CALM_MS = 20_000;
const LEAST_PER_SECOND = 200;

/** How fast a backlog of questions is answered. */
export const throughput: Part = {
  name: "throughput",
  summary: "a backlog of questions from 500 chats, from the first poll to the last answer (--backlog)",
  run: ({ options: { backlog, seed }, signal, tell }) =>
    onStage({ chats: CHATS, mix: QUESTIONS_ONLY, seed }, async ({ telegram, ledger, traffic, bot }) => {
      for (let count = 0; count < backlog; count++) traffic.next();
      let startMs = Number.NaN;
      const lift = telegram.impose((method) => {
        if (method === "getUpdates" && Number.isNaN(startMs)) startMs = performance.now();
        return undefined;
      });
      const cpu = process.cpuUsage();
      bot.start();
      while (telegram.pending().length > 0 && bot.crashes === 0 && !signal.aborted) await sleep(2);
      const keptMs = performance.now();
      lift();
      await untilAnswered(ledger, CALM_MS, signal);
      const { user, system } = process.cpuUsage(cpu);
      const { answered, waiting } = ledger.figures();
      const seconds = ((ledger.answers.at(-1)?.answeredMs ?? Number.NaN) - startMs) / 1000;
      if (waiting > 0) tell(`The program said last:\n${bot.said}`);
      return [
        atLeast("updates handled in a second, answers included", answered / seconds, LEAST_PER_SECOND),
        plain("updates fetched and kept in a second", Math.round((1000 * backlog) / (keptMs - startMs))),
        plain(
          "of a processor, what the fake Telegram and the people took",
          `${Math.round((user + system) / (10_000 * seconds))} %`,
        ),
        atMost(`lost, of ${backlog}`, waiting, 0),
      ];
    }),
};
