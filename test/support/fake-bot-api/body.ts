import type { IncomingMessage } from "node:http";
import type { Files } from "./files.ts";

/** Fields that hold text, which looks like a number or like JSON only by chance. */
const TEXTS: ReadonlySet<string> = new Set(["text", "caption", "url", "parse_mode", "secret_token"]);

interface Part {
  readonly name: string;
  readonly fileName: string | undefined;
  readonly content: Buffer;
}

/** The parameters of a call: JSON, or a form whose files are kept and stand as documents in their place. */
export async function readPayload(request: IncomingMessage, files: Files): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const [, boundary] =
    /^multipart\/form-data; boundary=(.+)$/.exec(request.headers["content-type"] ?? "") ?? [];
  if (boundary === undefined) return body.length === 0 ? {} : JSON.parse(body.toString());

  const parts = splitForm(body, boundary);
  const payload: Record<string, unknown> = {};
  for (const { name, fileName, content } of parts) {
    if (fileName !== undefined) continue;
    const value = content.toString();
    const file = parts.find((part) => part.fileName !== undefined && value === `attach://${part.name}`);
    if (file) payload[name] = files.add(file.fileName!, file.content);
    else payload[name] = TEXTS.has(name) ? value : parsed(value);
  }
  return payload;
}

/** grammY does not put file names in quotes, so that Node's own reader of forms refuses them. */
function splitForm(body: Buffer, boundary: string): Part[] {
  const parts: Part[] = [];
  const border = `\r\n--${boundary}`;
  for (let start = boundary.length + 4; start < body.length; ) {
    const headEnd = body.indexOf("\r\n\r\n", start);
    const end = body.indexOf(border, headEnd);
    if (headEnd < 0 || end < 0) break;
    const head = body.subarray(start, headEnd).toString();
    const [, name = ""] = /;\s*name="([^"]*)"/.exec(head) ?? [];
    const [, fileName] = /;\s*filename="?([^"\r\n]*)"?/.exec(head) ?? [];
    parts.push({ name, fileName, content: body.subarray(headEnd + 4, end) });
    start = end + border.length + 2;
  }
  return parts;
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
