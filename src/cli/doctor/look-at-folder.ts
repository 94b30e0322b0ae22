import { access, constants, readdir, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";

/** A folder, or where it would be made. Looking makes nothing. */
export interface FolderState {
  readonly kind: "folder" | "no folder" | "nothing";
  readonly isReadable: boolean;
  /** Where there is nothing: whether the folder can be made. */
  readonly isWritable: boolean;
  /** What this user may still write to its disk. */
  readonly freeBytes: number;
}

/** Looks at the folder, or at the nearest one above that is there. */
export async function lookAtFolder(path: string): Promise<FolderState> {
  const found = await stat(path).catch(() => undefined);
  const folder = found?.isDirectory() ? path : await nearestFolder(dirname(path));
  const may = (mode: number) =>
    access(folder, mode).then(
      () => true,
      () => false,
    );
  const { bavail, bsize } = await statfs(folder);
  return {
    kind: found === undefined ? "nothing" : found.isDirectory() ? "folder" : "no folder",
    isReadable: await may(constants.R_OK | constants.X_OK),
    isWritable: await may(constants.W_OK | constants.X_OK),
    freeBytes: bavail * bsize,
  };
}

/** Bytes of the files in a folder and in the folders in it, which is where an index lies; 0 where there is none. */
export async function measureFolder(path: string, depth = 1): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(path, { withFileTypes: true }).catch(() => [])) {
    const below = join(path, entry.name);
    // What a build takes away meanwhile takes no room.
    if (entry.isFile()) bytes += (await stat(below).catch(() => undefined))?.size ?? 0;
    else if (entry.isDirectory() && depth > 0) bytes += await measureFolder(below, depth - 1);
  }
  return bytes;
}

async function nearestFolder(path: string): Promise<string> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory();
  return isFolder || dirname(path) === path ? path : nearestFolder(dirname(path));
}
