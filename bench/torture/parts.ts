import { kills } from "./kills.ts";
import type { Part } from "./part.ts";

/** All there is, in the order of a run of everything; a new one is added here. */
export const PARTS: readonly Part[] = [kills];
