import { parentPort, workerData } from "node:worker_threads";
import { createParser } from "../corpus/parser.ts";
import { AppError, messageOf } from "../errors.ts";
import type { LogLevel } from "../log.ts";
import { type DropFolderPlaces, syncDropFolder } from "./drop-folder.ts";
import type { FromSync } from "./drop-folder-thread.ts";

const say = (message: FromSync) => parentPort!.postMessage(message);
const at =
  (level: LogLevel) =>
  (event: string, fields: Record<string, unknown> = {}) =>
    say({ kind: "log", level, event, fields });
const log = { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
const parser = createParser();

const onProgress = (done: number, total: number) => say({ kind: "progress", done, total });

try {
  await syncDropFolder({ ...(workerData as DropFolderPlaces), read: parser.read, log, onProgress });
  say({ kind: "done" });
} catch (error) {
  const isExpected = error instanceof AppError || "syscall" in Object(error);
  say({ kind: "failed", message: messageOf(error), isExpected });
} finally {
  await parser.close();
}
