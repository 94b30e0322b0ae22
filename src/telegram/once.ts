import type { Outbox } from "../store/outbox.ts";
import { currentTask } from "./task.ts";

/**
 * Does what would be something else a second time, such as using a code up: an update that is handled again after the
 * program ended in the middle finds what came of it, which has to survive JSON.
 *
 * @param effect Its name among those of one update.
 */
export async function once<Result>(
  effect: string,
  { outbox }: { readonly outbox: Outbox },
  work: () => Result | Promise<Result>,
): Promise<Result> {
  const task = currentTask();
  if (task === undefined) return work();
  const key = { task: task.name, chat: effect, number: 0 };
  const before = task.isAgain ? outbox.get(key) : undefined;
  if (before?.state === "sent") return before.result as Result;
  const result = await work();
  outbox.note(key, result);
  return result;
}
