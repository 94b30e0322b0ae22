import { parentPort } from "node:worker_threads";
import { AppError, messageOf } from "../errors.ts";
import type { ParseReply, ParseRequest } from "./parse-thread.ts";
import { readFileArticles } from "./read-file.ts";

const say = (reply: ParseReply) => parentPort!.postMessage(reply);

parentPort!.on("message", async ({ path }: ParseRequest) => {
  const onProgress = () => say({ kind: "progress" });
  try {
    onProgress();
    say({ kind: "read", found: await readFileArticles(path, onProgress) });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isExpected = error instanceof AppError;
    say({
      kind: "failed",
      message: messageOf(error),
      isExpected,
      ...(typeof code === "string" ? { code } : {}),
    });
  }
});
