import { createWriteStream, existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { HubModel } from "../config.ts";
import { AppError, messageOf, reasonOf } from "../errors.ts";
import { isOtherProcess } from "../processes.ts";
import { IN_SEVERAL_FILES, objectionTo } from "./model-config.ts";

const CONFIG = "config.json";
/** What every model needs, each by its names in order of preference: the smaller weights first. */
const WANTED = [
  [CONFIG],
  ["tokenizer.json"],
  ["tokenizer_config.json"],
  ["onnx/model_quantized.onnx", "onnx/model.onnx"],
] as const;
/** Nothing comes for so long: the network is gone. */
const STALL_MS = 30_000;
/** Longer than any download that still runs goes without writing: its process has ended, and another has its number. */
const LEFTOVER_MS = 10 * 60_000;
const MEGABYTE = 1_000_000;

export interface DownloadOptions {
  /** Told how many of how many megabytes are there; not called where nothing has to be downloaded. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Milliseconds without a byte after which a download is given up; default 30 s. */
  readonly stallMs?: number;
}

/** A model's files on the disk. */
export interface ModelFiles {
  readonly folder: string;
  /** Paths below the folder; the weights come last. */
  readonly files: readonly string[];
}

/**
 * The files of a model of the hub, in the folder of its name below `cacheDir`. What is missing there is downloaded; a
 * file has its name only once it is whole, and where nothing is missing the network is not touched. Throws an AppError
 * that says what failed and how to place the files by hand, or why such a model cannot be used.
 */
export async function provideModel(model: HubModel, options: DownloadOptions = {}): Promise<ModelFiles> {
  const folder = join(model.cacheDir, model.name);
  const find = (names: readonly string[]) => names.find((name) => existsSync(join(folder, name)));
  const missing = () => WANTED.filter((names) => find(names) === undefined);
  await removeLeftovers(folder);
  try {
    // First, and alone: it tells whether the model is worth the megabytes of the others.
    if (!find([CONFIG])) await download(model, folder, [[CONFIG]], { ...options, onProgress: () => {} });
    const objection = objectionTo(parseJson(await readFile(join(folder, CONFIG), "utf8")));
    if (objection) throw unusable(model, objection);
    if (missing().length > 0) await download(model, folder, missing(), options);
  } catch (cause) {
    throw cause instanceof AppError ? cause : failure(model, folder, cause);
  }
  return { folder, files: WANTED.map((names) => find(names)!) };
}

function unusable({ name }: HubModel, objection: string): AppError {
  return new AppError(
    `The embedding model ${name} cannot be used: ${objection}. ` +
      "EMBEDDING_MODEL takes encoders whose ONNX weights are one file.",
  );
}

function failure({ name, endpoint }: HubModel, folder: string, cause: unknown): AppError {
  const files = WANTED.map((names) => names.join(" or ")).join(", ");
  const message = isOfDisk(cause)
    ? `The embedding model ${name} cannot be kept in ${folder}: ${messageOf(cause)}. ` +
      "Let it be read and written and have room, or let MODEL_CACHE_DIR name another folder."
    : `The embedding model ${name} could not be downloaded from ${endpoint}: ${reasonOf(cause)}. ` +
      "Check EMBEDDING_MODEL and the network (HF_ENDPOINT may name a mirror), " +
      `or place its files in ${folder} by hand: ${files}.`;
  return new AppError(message, { cause });
}

interface Download {
  readonly file: string;
  readonly body: NonNullable<Response["body"]>;
  /** In bytes; undefined where the hub does not say. */
  readonly length: number | undefined;
}

/** Downloads side by side, so that the whole length is known early; where one fails, the others are given up. */
async function download(
  model: HubModel,
  folder: string,
  missing: readonly (readonly string[])[],
  { onProgress = () => {}, stallMs = STALL_MS }: DownloadOptions,
): Promise<void> {
  const failing = new AbortController();
  const { signal } = failing;
  const stall = setTimeout(() => failing.abort(new Error(`nothing came for ${stallMs / 1000} s`)), stallMs);
  /** The results of all that did not fail; the first failure ends the others and is the one thrown. */
  const together = async <Result>(works: readonly Promise<Result>[]): Promise<Result[]> => {
    const settled = await Promise.all(works.map((work) => work.catch((error) => failing.abort(error))));
    signal.throwIfAborted();
    return settled as Result[];
  };
  try {
    const downloads = await together(missing.map((names) => request(model, names, signal)));
    const total = downloads.reduce((sum, { length = 0 }) => sum + length, 0);
    let done = 0;
    const advance = (bytes: number): void => {
      stall.refresh();
      done += bytes;
      onProgress(Math.ceil(done / MEGABYTE), Math.ceil(Math.max(done, total) / MEGABYTE));
    };
    await together(downloads.map((one) => save(one, join(folder, one.file), signal, advance)));
  } finally {
    clearTimeout(stall);
  }
}

/** Asks for the first of the files that the hub has, from the one at `at` on. */
async function request(
  model: HubModel,
  names: readonly string[],
  signal: AbortSignal,
  at = 0,
): Promise<Download> {
  const file = names[at]!;
  const address = `${model.endpoint}/${model.name}/resolve/main/${file}`;
  // Compressed on the way, a file would come without its length.
  const response = await fetch(address, { headers: { "accept-encoding": "identity" }, signal });
  const { status, headers, body } = response;
  if (status === 404 && at + 1 < names.length) {
    await body?.cancel();
    return request(model, names, signal, at + 1);
  }
  if ([401, 403, 404].includes(status)) {
    const wanted = names.join(" or ");
    throw new Error(`there is no such model with a file ${wanted}, or it is not public (HTTP ${status})`);
  }
  if ([429, 503].includes(status))
    throw new Error(`the hub is busy, try again later (HTTP ${status} for ${file})`);
  if (!response.ok) throw new Error(`HTTP ${status} for ${file}`);
  if (!body) throw new Error(`nothing came for ${file} (HTTP ${status})`);
  // Where a network asks for a login first, its page comes in place of every file.
  if (/^text\/html/i.test(headers.get("content-type") ?? "")) throw new Error(`a web page came for ${file}`);
  // Not every config.json says so.
  if (file.endsWith(".onnx") && (await fetch(`${address}_data`, { method: "HEAD", signal })).ok)
    throw unusable(model, IN_SEVERAL_FILES);
  const length = headers.has("content-encoding") ? null : headers.get("content-length");
  return { file, body, length: length === null ? undefined : Number(length) };
}

/** Writes a whole file, or nothing. */
async function save(
  { file, body, length }: Download,
  path: string,
  signal: AbortSignal,
  advance: (bytes: number) => void,
): Promise<void> {
  const work = `${path}.${process.pid}.tmp`;
  let got = 0;
  const count = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      got += chunk.length;
      advance(chunk.length);
      yield chunk;
    }
  };
  const brokeOff = (cause: unknown) =>
    new Error(`${file} broke off after ${got} of ${length ?? "?"} bytes (${reasonOf(cause)})`, { cause });
  try {
    await mkdir(dirname(path), { recursive: true });
    const chunks = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
    await pipeline(chunks, count, createWriteStream(work, { flush: true }), { signal }).catch(
      (cause: unknown) => {
        throw isOfDisk(cause) ? cause : brokeOff(cause);
      },
    );
    if (length !== undefined && got !== length) throw brokeOff(new Error("the connection was closed"));
    if (got === 0) throw new Error(`nothing came for ${file}`);
    if (file.endsWith(".json") && parseJson(await readFile(work, "utf8")) === undefined)
      throw new Error(`what came for ${file} is no JSON`);
    await rename(work, path);
  } catch (error) {
    await rm(work, { force: true });
    signal.throwIfAborted();
    throw error;
  }
}

/** What downloads that were killed left behind: it is many megabytes, and nobody's. */
async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  for (const name of names) {
    const writer = /\.(\d+)\.tmp$/.exec(name)?.[1];
    if (writer === undefined) continue;
    const path = join(folder, name);
    // Another process may have finished with it meanwhile.
    const written = await stat(path).catch(() => undefined);
    const isOld = written && Date.now() - written.mtimeMs > LEFTOVER_MS;
    // A folder that cannot be written may hold a whole model all the same.
    if (isOld || !isOtherProcess(Number(writer))) await rm(path, { force: true }).catch(() => {});
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whoever asks says what is wrong with it; JSON itself has no undefined.
    return undefined;
  }
}

/** Errors of the network come within fetch's own. */
function isOfDisk(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}
