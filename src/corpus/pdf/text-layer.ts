import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { PDFPageProxy } from "pdfjs-dist/types/src/display/api.js";
import { AppError, messageOf } from "../../errors.ts";
import type { OnPage } from "../readers.ts";
import { partDownwards } from "./downwards.ts";

/** Text drawn in one go: in points, from the page's upper left corner, `y` at the baseline. */
export interface Run {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Of the type. */
  readonly size: number;
  /** Tells fonts of the file apart, and says nothing else. */
  readonly font: string;
}

export interface PageText {
  /** From 1. */
  readonly number: number;
  readonly width: number;
  readonly height: number;
  /** In the order they were drawn; upright text only. */
  readonly runs: readonly Run[];
  /** How many characters stand on their side or run downwards, and were left out. */
  readonly turnedChars: number;
}

/** Longer files are books. */
const MAX_PAGES = 500;

/**
 * The text of every page with its places. `onPage` is told before the first and after each. Throws AppError for a file that is encrypted,
 * damaged or too long.
 */
export async function readTextLayer(bytes: Uint8Array, onPage?: OnPage): Promise<PageText[]> {
  const pdfjs = await loadLibrary();
  // Loading it may take seconds, which are not the file's.
  onPage?.();
  const folder = libraryFolder();
  const task = pdfjs.getDocument({
    data: Uint8Array.from(bytes), // the library takes what it is given for its own
    cMapUrl: join(folder, "cmaps/"),
    cMapPacked: true,
    standardFontDataUrl: join(folder, "standard_fonts/"),
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    stopAtErrors: false,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  });
  try {
    const file = await task.promise;
    if (file.numPages > MAX_PAGES) {
      throw new AppError(`has ${file.numPages} pages; the limit is ${MAX_PAGES}; split it first`);
    }
    const pages: PageText[] = [];
    for (let number = 1; number <= file.numPages; number++) {
      const page = await file.getPage(number);
      pages.push(await readPage(page));
      page.cleanup();
      onPage?.(number, file.numPages);
    }
    return pages;
  } catch (error) {
    throw explain(error);
  } finally {
    await task.destroy();
  }
}

/** Version of the library. Throws where it, or the character maps of Chinese fonts, are missing. */
export async function findPdfLibrary(): Promise<string> {
  const { version } = await loadLibrary();
  const folder = libraryFolder();
  if (existsSync(join(folder, "cmaps"))) return version;
  throw new AppError(`the folder cmaps of ${folder} is missing`);
}

function libraryFolder(): string {
  return dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
}

/** What the library takes from a package that draws, and loads that package for, with a warning where there is none. */
const DRAWING = ["DOMMatrix", "ImageData", "Path2D"];

/** The library, without the drawing: what it asks for while it is loading is put in its place and taken away again. */
async function loadLibrary() {
  const missing = DRAWING.filter((name) => !(name in globalThis));
  for (const name of missing) Reflect.set(globalThis, name, class {});
  const { warn } = console;
  console.warn = () => {};
  try {
    return await import("pdfjs-dist/legacy/build/pdf.mjs");
  } finally {
    console.warn = warn;
    for (const name of missing) Reflect.deleteProperty(globalThis, name);
  }
}

function explain(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof Error && error.name === "PasswordException") {
    return new AppError("is encrypted; remove the password first");
  }
  return new AppError(`is damaged: ${messageOf(error).replace(/\.$/, "")}`);
}

async function readPage(page: PDFPageProxy): Promise<PageText> {
  const { width, height, transform, scale } = page.getViewport({ scale: 1 });
  const { items, styles } = await page.getTextContent({ disableNormalization: true });
  const runs: Run[] = [];
  let turnedChars = 0;
  for (const item of items) {
    if (!("str" in item) || item.str === "") continue;
    const [a, b, c, d, e, f] = multiply(transform, item.transform);
    const isUpright = Math.abs(b!) <= 0.02 * Math.abs(a!) && a! > 0 && d! < 0;
    if (!isUpright || styles[item.fontName]?.vertical) {
      turnedChars += item.str.trim().length;
      continue;
    }
    runs.push({
      text: item.str,
      x: e!,
      y: f!,
      width: item.width * scale,
      size: Math.hypot(c!, d!),
      font: item.fontName,
    });
  }
  const { across, downwards } = partDownwards(runs);
  return { number: page.pageNumber, width, height, runs: across, turnedChars: turnedChars + downwards };
}

/** Two affine maps one after the other, the second first, in the six numbers PDF writes them in. */
function multiply(outer: readonly number[], inner: readonly number[]): number[] {
  const [a, b, c, d, e, f] = outer as [number, number, number, number, number, number];
  const [p, q, r, s, t, u] = inner as [number, number, number, number, number, number];
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
}
