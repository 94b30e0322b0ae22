import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Document } from "grammy/types";
import { badRequest } from "./refusal.ts";

/** What Telegram's own server lets a bot download. */
const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024;

export interface Files {
  /** Keeps a file; `size` stands in for bytes that nobody needs to have. */
  add(name: string, bytes: Uint8Array, size?: number): Document;
  /** What lies at a path that getFile gave. */
  read(path: string): Uint8Array | undefined;
  getFile(payload: Readonly<Record<string, unknown>>): Document & { file_path: string };
}

/**
 * Files by their id. With a folder, as a server of one's own started with `--local`: they lie there, getFile gives
 * their absolute path and knows no limit, and nothing can be downloaded.
 */
export function createFiles(localDir: string | undefined): Files {
  const byId = new Map<string, { document: Document; path: string }>();
  const byPath = new Map<string, Uint8Array>();
  if (localDir !== undefined) mkdirSync(localDir, { recursive: true });

  return {
    add(name, bytes, size = bytes.length) {
      const place = byId.size;
      const file_unique_id = createHash("sha256").update(bytes).digest("base64url").slice(0, 16);
      const document: Document = {
        file_id: `file-${place}`,
        file_unique_id,
        file_name: name,
        file_size: size,
      };
      const path = `documents/file_${place}`;
      byId.set(document.file_id, {
        document,
        path: localDir === undefined ? path : join(localDir, `file_${place}`),
      });
      if (localDir === undefined) byPath.set(path, bytes);
      else writeFileSync(join(localDir, `file_${place}`), bytes);
      return document;
    },

    read: (path) => byPath.get(path),

    getFile({ file_id: id }) {
      const file = byId.get(String(id));
      if (!file) throw badRequest("wrong file_id or the file is temporarily unavailable");
      if (localDir === undefined && file.document.file_size! > MAX_DOWNLOAD_BYTES) {
        throw badRequest("file is too big");
      }
      return { ...file.document, file_path: file.path };
    },
  };
}
