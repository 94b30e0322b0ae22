import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../../", import.meta.url));

/** For vitest, before the tests: builds the program where a file of src/ was written after dist/. */
export default function keepBuilt(): void {
  const builtMs = statSync(join(FOLDER, "dist/main.js"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync(join(FOLDER, "src"), { recursive: true, encoding: "utf8" });
  const isStale = sources.some((name) => statSync(join(FOLDER, "src", name)).mtimeMs > builtMs);
  if (isStale) execFileSync("npm", ["run", "--silent", "build"], { cwd: FOLDER, stdio: "inherit" });
}
