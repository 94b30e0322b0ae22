import { watch } from "chokidar";

/** A burst of changes, as of a copied folder, is answered once it has been quiet for so long. */
const QUIET_MS = 100;
/** A file that is still being copied grows; it is taken for whole after so long. */
const WHOLE_AFTER_MS = 500;

export interface WatchOptions {
  /** Whether large files are copied here, so that a change counts only when the file is whole. */
  readonly awaitsWholeFiles?: boolean;
  /** Told what keeps the folder from being watched. */
  readonly onError: (error: unknown) => void;
}

/**
 * Calls `onChange` after anything in the folder or below has changed, hidden files aside, and once when it has begun to
 * watch, for what has changed until then. Returns a function that ends it.
 */
export function watchFolder(
  folder: string,
  onChange: () => void,
  { awaitsWholeFiles = false, onError }: WatchOptions,
): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, {
    ignoreInitial: true,
    ignored: (path) => path !== folder && /[\\/]\.[^\\/]*$/.test(path),
    ...(awaitsWholeFiles
      ? { awaitWriteFinish: { stabilityThreshold: WHOLE_AFTER_MS, pollInterval: 100 } }
      : {}),
  });
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, QUIET_MS);
  };
  watcher.on("all", changed);
  watcher.once("ready", changed);
  watcher.on("error", onError);
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}
