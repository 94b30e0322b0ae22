import { AsyncLocalStorage } from "node:async_hooks";

/** What messages are sent for, such as an update: begun again after the program was ended, it sends none twice. */
export interface Task {
  readonly name: string;
  /** When it was asked for, in milliseconds since 1970. */
  readonly since: number;
  /** Whether it may have been begun before, and the program ended in the middle. */
  readonly isAgain: boolean;
  /** Lets others be handled while this one waits for something far away; undefined where nobody waits for it. */
  readonly rest?: Rest;
  /** Asked before each attempt to send; where it says no, sending throws `NotWanted`. */
  readonly isWanted?: () => boolean;
  /** How many messages it has sent to each chat. */
  readonly sent: Map<string, number>;
  /** Whether something went wrong that its sender was told of, or could not be. */
  hasFailed: boolean;
}

/** What was to be sent has been withdrawn. */
export class NotWanted extends Error {}

export type Rest = <Result>(wait: () => Promise<Result>) => Promise<Result>;

const tasks = new AsyncLocalStorage<Task>();

/** Does the work as a task: what it sends is noted in the outbox under this name, until the caller clears it there. */
export function inTask<Result>(
  task: Omit<Task, "sent" | "hasFailed">,
  work: () => Promise<Result>,
): Promise<Result> {
  return tasks.run({ ...task, sent: new Map(), hasFailed: false }, work);
}

/** Undefined where messages are sent for nothing that could be begun again. */
export function currentTask(): Task | undefined {
  return tasks.getStore();
}

/** Waits for something far away, such as the end of a flood limit, without holding others up. */
export function resting<Result>(wait: () => Promise<Result>): Promise<Result> {
  const rest = currentTask()?.rest;
  return rest ? rest(wait) : wait();
}
