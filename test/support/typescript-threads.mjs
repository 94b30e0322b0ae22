import { isMainThread } from "node:worker_threads";
import { register } from "tsx/esm/api";

/** Processes that the program starts have these arguments too. */
const isProgramsProcess = /[\\/]src[\\/].*\.ts$/.test(process.argv[1] ?? "");
if (!isMainThread || isProgramsProcess) register();
