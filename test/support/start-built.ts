import { fileURLToPath, pathToFileURL } from "node:url";

const SRC = fileURLToPath(new URL("../../src/", import.meta.url));
const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

/**
 * For vitest: files of src/ think that they lie in dist/, so that the threads and processes they start are the built
 * ones. Node 20 reads no TypeScript of its own, and a loader for it takes a second of each.
 */
export const startBuilt = {
  name: "start-built",
  enforce: "pre" as const,
  transform(code: string, path: string) {
    if (!path.startsWith(SRC) || !code.includes("import.meta.url")) return;
    const built = DIST + path.slice(SRC.length).replace(/\.ts$/, ".js");
    return code.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(built)));
  },
};
