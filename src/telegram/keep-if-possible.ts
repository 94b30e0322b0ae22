import type { Log } from "../log.ts";
import { failureOf } from "./delivery.ts";

/** Writes to the store; where that fails, as on a full disk, it is logged, and people are answered all the same. */
export function keepIfPossible<Kept>(log: Log, write: () => Kept): Kept | undefined {
  try {
    return write();
  } catch (error) {
    log.error("telegram.not-kept", failureOf(error));
    return undefined;
  }
}
