import { join, relative } from "node:path";
import { AppError } from "../../errors.ts";
import { count } from "../output.ts";
import type { Session } from "../session.ts";
import { type Examination, nameSome } from "./examination.ts";

const MEGABYTE = 1_000_000;
/** An index is written beside the one before, and logs and articles want room as well. */
const LEAST_FREE_BYTES = 500 * MEGABYTE;
const LEAST_FREE_INDEXES = 3;

/** The folders that the program writes to or watches, and the room on their disks. */
export function folderExaminations(session: Session): readonly Examination[] {
  const { inboxDir } = session.config;
  return [
    ["state folder", "fail", () => judgeState(session)],
    ...(inboxDir === undefined
      ? []
      : [["drop folder", "warn", () => judgeInbox(inboxDir, session)] satisfies Examination]),
    ["disk", "warn", () => judgeDisk(session)],
  ];
}

async function judgeState({ config: { stateDir }, rooms }: Session): Promise<string> {
  const { kind, isWritable } = await rooms.lookAtFolder(stateDir);
  const advice = "Let the user that runs the program write there, or set STATE_DIR.";
  if (kind === "no folder") throw new AppError(`${stateDir} is a file. Remove it, or set STATE_DIR.`);
  if (kind === "folder" && isWritable) return `${stateDir} can be written to`;
  if (kind === "folder") throw new AppError(`${stateDir} cannot be written to. ${advice}`);
  if (isWritable) return `${stateDir} will be made when there is something to keep`;
  throw new AppError(`${stateDir} is not there and cannot be made. ${advice}`);
}

async function judgeInbox(inboxDir: string, { config, rooms }: Session): Promise<string> {
  const { kind, isReadable } = await rooms.lookAtFolder(inboxDir);
  if (kind !== "folder") {
    const what = kind === "nothing" ? "is not there" : "is a file";
    throw new AppError(`${inboxDir} ${what}. Make the folder, or correct INBOX_DIR.`);
  }
  if (!isReadable)
    throw new AppError(`${inboxDir} cannot be read. Let the user that runs the program read it.`);
  const { corpusDir } = config;
  const isAmongArticles = isWithin(inboxDir, corpusDir) && !isWithin(inboxDir, join(corpusDir, "source"));
  if (isAmongArticles || isWithin(corpusDir, inboxDir)) {
    throw new AppError(
      `${inboxDir} and the articles' folder ${corpusDir} lie in each other, so that one would be taken for the ` +
        "other. Set INBOX_DIR to a folder beside it.",
    );
  }
  const { files, unknown } = await rooms.examineInbox(inboxDir);
  if (unknown.length === 0) return `${count(files, "file")} in ${inboxDir}, all of known formats`;
  throw new AppError(
    `${count(unknown.length, "file")} of ${inboxDir} in no known format: ${nameSome(unknown)}. ` +
      "Convert what should be imported, and remove the rest.",
  );
}

async function judgeDisk({ config, rooms }: Session): Promise<string> {
  const { corpusDir, indexDir, stateDir } = config;
  const indexBytes = await rooms.measureFolder(indexDir);
  const needed = Math.max(LEAST_FREE_BYTES, LEAST_FREE_INDEXES * indexBytes);
  const disks = await Promise.all(
    [...new Set([corpusDir, indexDir, stateDir])].map(async (folder) => {
      const { freeBytes } = await rooms.lookAtFolder(folder);
      return { folder, freeBytes };
    }),
  );
  const full = disks.filter(({ freeBytes }) => freeBytes < needed);
  const least = Math.min(...disks.map(({ freeBytes }) => freeBytes));
  if (full.length === 0) return `${megabytes(least)} free, and the index takes ${megabytes(indexBytes)}`;
  throw new AppError(
    `${megabytes(least)} free for ${full.map(({ folder }) => folder).join(", ")}; ${megabytes(needed)} should be, ` +
      "as an index is built beside the one before. Make room, or move the folder to another disk.",
  );
}

function isWithin(folder: string, other: string): boolean {
  const path = relative(other, folder);
  return path === "" || !/^\.\.(?:[/\\]|$)|^[A-Za-z]:/.test(path);
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / MEGABYTE).toLocaleString("en")} MB`;
}
