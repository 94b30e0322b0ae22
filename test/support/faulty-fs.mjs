import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";

/**
 * A file system that fails or stops at the n-th step that changes something below a folder: for a process by
 * `node --import`, with FAULT_UNDER, FAULT_LOG, FAULT_AT and FAULT_KIND in its environment, or for a test by
 * `setFault`. Every step is noted, so that a run without a fault tells how many there are.
 *
 * Kinds: ENOSPC and EIO fail before the step; "short" does half of it and then fails as a full disk does; from "full" on
 * every step fails that needs space; "before", "half" and "after" end there. A process ends by SIGKILL; in a test, nothing that the code has begun goes on.
 */

const NEEDS_SPACE = new Set(["open", "writeFile", "write", "mkdir", "link", "copyFile"]);

const plain = { ...fs, promises: { ...fs.promises } };

let fault;
let steps = [];
/** What has begun before and is still under way belongs to an earlier one. */
let life = newLife();
/** Node's functions call each other: what is done for a step is no further one. */
let isInside = false;
/** Paths of open files. */
const paths = new WeakMap();
/** Paths by file descriptor. */
const descriptors = new Map();

export function setFault(next) {
  const before = steps;
  // What a death has left open would be closed when it is collected, with a warning.
  for (const file of life.files) file.close().catch(() => undefined);
  [fault, steps, life] = [next, [], newLife()];
  return before;
}

export function untilDead() {
  return life.death;
}

function newLife() {
  const { promise, resolve } = withResolvers();
  return { isDead: false, death: promise, die: resolve, files: new Set() };
}

function withResolvers() {
  let resolve;
  const promise = new Promise((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

function begin(what, path) {
  if (life.isDead) return "before";
  if (isInside || fault === undefined || !String(path).startsWith(fault.under)) return "pass";
  const step = `${what} ${String(path).slice(fault.under.length + 1)}`;
  let number = steps.push(step);
  if (fault.log !== undefined) {
    // Threads and processes of one run count together.
    const { log } = fault;
    inside(() => plain.appendFileSync(log, `${step}\n`));
    number = plain.readFileSync(log, "utf8").split("\n").length - 1;
  }
  if (fault.kind === "full") return number >= fault.at && NEEDS_SPACE.has(what) ? "ENOSPC" : "pass";
  return number === fault.at && fault.kind !== undefined ? fault.kind : "pass";
}

function inside(work) {
  isInside = true;
  try {
    return work();
  } finally {
    isInside = false;
  }
}

function end() {
  if (fault?.log !== undefined) process.kill(process.pid, "SIGKILL");
  life.isDead = true;
  life.die();
  return new Promise(() => {});
}

function failure(code, what) {
  const text = code === "EIO" ? "i/o error" : "no space left on device";
  return Object.assign(new Error(`${code}: ${text}, ${what}`), { code, syscall: what });
}

async function step(what, path, whole, half) {
  const own = life;
  const kind = begin(what, path);
  if (kind === "ENOSPC" || kind === "EIO") throw failure(kind, what);
  if (kind === "before") return end();
  if (kind === "half" || kind === "short") {
    await half?.();
    if (kind === "half") return end();
    throw failure("ENOSPC", what);
  }
  const result = await whole();
  if (kind === "after") return end();
  return own.isDead ? new Promise(() => {}) : result;
}

/** As `step`. Nothing goes on after it only in a process. */
function stepSync(what, path, whole, half) {
  const kind = begin(what, path);
  if (kind === "ENOSPC" || kind === "EIO") throw failure(kind, what);
  if ((kind === "half" || kind === "short") && half) inside(half);
  if (kind === "short") throw failure("ENOSPC", what);
  if (kind === "before" || kind === "half") {
    end();
    throw new Error("ended");
  }
  const result = inside(whole);
  if (kind === "after") end();
  return result;
}

function firstHalf(data) {
  const bytes = typeof data === "string" ? Buffer.from(data) : Buffer.from(data);
  return bytes.subarray(0, bytes.length >> 1);
}

/** Removes half of what lies in a folder. */
function removeSome(path) {
  const isFolder = plain.statSync(path, { throwIfNoEntry: false })?.isDirectory();
  const names = isFolder ? plain.readdirSync(path).sort() : [];
  for (const name of names.slice(0, names.length >> 1)) plain.rmSync(join(path, name), { recursive: true });
}

const writes = (flags) => typeof flags === "string" && flags !== "r" && flags !== "rs";
const isPath = (path) => typeof path === "string";

const { promises } = fs;
const real = plain.promises;
// What gets a name is the step's place, not what had one.
const placeOf = (name, args) => (["rename", "link", "symlink"].includes(name) ? args[1] : args[0]);
for (const name of ["mkdir", "rm", "unlink", "rename", "link", "symlink", "truncate", "chmod"]) {
  promises[name] = (...args) =>
    step(
      name,
      placeOf(name, args),
      () => real[name](...args),
      name === "rm" ? () => removeSome(args[0]) : undefined,
    );
  const sync = `${name}Sync`;
  fs[sync] = (...args) => stepSync(name, placeOf(name, args), () => plain[sync](...args));
}
promises.copyFile = (from, to, mode) =>
  step(
    "copyFile",
    to,
    () => real.copyFile(from, to, mode),
    async () => real.writeFile(to, firstHalf(await real.readFile(from)), { flag: "wx" }),
  );
promises.writeFile = (path, data, options) =>
  isPath(path)
    ? step(
        "writeFile",
        path,
        () => real.writeFile(path, data, options),
        () => real.writeFile(path, firstHalf(data), options),
      )
    : real.writeFile(path, data, options);
promises.open = async (path, flags, mode) => {
  const { files } = life;
  const open = async () => {
    const file = await real.open(path, flags, mode);
    paths.set(file, path);
    if (fault !== undefined) files.add(file);
    return file;
  };
  return writes(flags) ? step("open", path, open) : open();
};
fs.writeFileSync = (path, data, options) =>
  stepSync(
    "writeFile",
    path,
    () => plain.writeFileSync(path, data, options),
    () => plain.writeFileSync(path, firstHalf(data), options),
  );
fs.openSync = (path, flags, mode) => {
  const open = () => plain.openSync(path, flags, mode);
  const descriptor = writes(flags) ? stepSync("open", path, open) : open();
  descriptors.set(descriptor, path);
  return descriptor;
};
fs.fsyncSync = (descriptor) =>
  stepSync("sync", descriptors.get(descriptor), () => plain.fsyncSync(descriptor));

const handle = await real.open(process.execPath, "r");
const prototype = Object.getPrototypeOf(handle);
await handle.close();
const { close } = prototype;
prototype.close = function () {
  life.files.delete(this);
  return close.call(this);
};
for (const name of ["sync", "datasync", "truncate", "write", "writev", "writeFile", "appendFile"]) {
  const method = prototype[name];
  prototype[name] = function (...args) {
    const isOfData = name === "writeFile" || name === "appendFile";
    return step(
      name,
      paths.get(this),
      () => method.apply(this, args),
      isOfData ? () => method.apply(this, [firstHalf(args[0])]) : undefined,
    );
  };
}
syncBuiltinESMExports();

const { FAULT_UNDER, FAULT_LOG, FAULT_AT, FAULT_KIND } = process.env;
if (FAULT_UNDER !== undefined)
  fault = { under: FAULT_UNDER, log: FAULT_LOG, at: Number(FAULT_AT ?? 0), kind: FAULT_KIND };
