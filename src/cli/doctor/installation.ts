import { AppError, messageOf } from "../../errors.ts";
import type { Rooms, Session } from "../session.ts";
import type { Examination } from "./examination.ts";

const LEAST_NODE = [20, 19] as const;

/** What was installed: Node, the parts that are compiled or come with data, the model. */
export function installationExaminations({ config, nodeVersion, rooms }: Session): readonly Examination[] {
  return [
    ["node", "fail", () => judgeNode(nodeVersion)],
    ["native index", "warn", () => findNativeIndex(rooms)],
    ["segmenter", "fail", () => trySegmenter(rooms)],
    ["PDF reader", "warn", () => findPdfLibrary(rooms)],
    ["model", "fail", async () => `${await rooms.loadModel(config)} loads`],
  ];
}

function judgeNode(version: string): string {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return version;
  throw new AppError(`${version} is too old. Install Node ${LEAST_NODE.join(".")} or newer.`);
}

async function findNativeIndex(rooms: Rooms): Promise<string> {
  if (await rooms.hasNativeIndex()) return "hnswlib is there";
  throw new AppError(
    "hnswlib-node is not compiled: search is exact, and slower beyond 10,000 passages. " +
      'To build it, install g++, make and python3, then run "npm ci".',
  );
}

async function trySegmenter(rooms: Rooms): Promise<string> {
  const words = await rooms.segmentWords("我们看报纸").catch((error: unknown) => {
    throw new AppError(
      `@node-rs/jieba does not load (${messageOf(error)}), so that Chinese cannot be read. Run "npm ci" on this ` +
        "machine; node_modules of another system do not fit.",
    );
  });
  if (words.length === 3) return "jieba parts words";
  throw new AppError(`@node-rs/jieba reads 我们看报纸 as ${words.join(" ")}. Run "npm ci".`);
}

async function findPdfLibrary(rooms: Rooms): Promise<string> {
  try {
    return `pdf.js ${await rooms.findPdfLibrary()} and its character maps are there`;
  } catch (error) {
    throw new AppError(`PDF files cannot be imported (${messageOf(error)}). Run "npm ci".`);
  }
}
