import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { callerDir, secretsIn } from "../../config.ts";
import type { Session } from "../session.ts";

/** The `.env` files that hold a secret in use and that other users may read or write; none where files have no modes. */
export function findExposed(session: Pick<Session, "config" | "env" | "cwd" | "programDir">): string[] {
  if (process.platform === "win32") return [];
  const folders = new Set([session.programDir, callerDir(session)]);
  return [...folders].map((folder) => join(folder, ".env")).filter((path) => isExposed(path, session.config));
}

function isExposed(path: string, { secrets }: Session["config"]): boolean {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0;
  if ((mode & 0o077) === 0) return false;
  const values = parseEnv(readFileSync(path, "utf8").replace(/^\uFEFF/, ""));
  return secretsIn(values).some((secret) => secrets.includes(secret.trim()));
}
