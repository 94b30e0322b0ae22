import { faults } from "./faults.ts";
import { input } from "./input.ts";
import { kills } from "./kills.ts";
import { load } from "./load.ts";
import type { Part } from "./part.ts";
import { soak } from "./soak.ts";
import { throughput } from "./throughput.ts";
import { torn } from "./torn.ts";

/** All there is, in the order of a run of everything; a new one is added here. */
export const PARTS: readonly Part[] = [kills, faults, throughput, soak, load, torn, input];
