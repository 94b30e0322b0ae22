import { stat } from "node:fs/promises";
import { type FSWatcher, watch } from "chokidar";

/** A burst of changes, as of a copied folder, is answered once it has been quiet for so long. */
const QUIET_MS = 100;
/** A file that is still being copied grows; it is taken for whole after so long. */
const WHOLE_AFTER_MS = 500;
/** A folder that is renamed is followed by its watcher; that another one has its name is seen by looking there. */
const LOOK_MS = 2000;

export interface WatchOptions {
  /** Whether large files are copied here, so that a change counts only when the file is whole. */
  readonly awaitsWholeFiles?: boolean;
  /** Told what keeps the folder from being watched. */
  readonly onError: (error: unknown) => void;
}

/**
 * Calls `onChange` after anything in the folder or below has changed, hidden files aside, or another folder was put in
 * its place, and once when it has begun to watch, for what has changed until then. Returns a function that ends it.
 */
export function watchFolder(
  folder: string,
  onChange: () => void,
  { awaitsWholeFiles = false, onError }: WatchOptions,
): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, QUIET_MS);
  };
  const begin = (): FSWatcher =>
    watch(folder, {
      ignoreInitial: true,
      ignored: (path) => path !== folder && /[\\/]\.[^\\/]*$/.test(path),
      ...(awaitsWholeFiles
        ? { awaitWriteFinish: { stabilityThreshold: WHOLE_AFTER_MS, pollInterval: 100 } }
        : {}),
    })
      .on("all", changed)
      .once("ready", changed)
      .on("error", onError);
  let watcher = begin();
  let watched = identityOf(folder);
  const looking = setInterval(() => {
    watched = Promise.all([watched, identityOf(folder)]).then(async ([before, now]) => {
      if (now === undefined || now === before) return before;
      const former = watcher;
      watcher = begin();
      await former.close();
      return now;
    });
  }, LOOK_MS).unref();
  return async () => {
    clearInterval(looking);
    await watched;
    clearTimeout(timer);
    await watcher.close();
  };
}

/** Undefined where there is no such folder now. */
async function identityOf(folder: string): Promise<string | undefined> {
  return stat(folder).then(
    // A folder that is made anew may get the number of the one before.
    ({ dev, ino, birthtimeMs }) => `${dev} ${ino} ${birthtimeMs}`,
    () => undefined,
  );
}
