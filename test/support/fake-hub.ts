import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a file is answered with instead of itself. */
export type Trouble =
  | /** An HTTP status. */ number
  | /** Half of it, then the connection is closed. */ "breaks off"
  | /** Half of it, then nothing. */ "stalls"
  | /** Something else, without its length. */ { readonly type: string; readonly body: string };

/** The hub on loopback: models by their names, weights behind a redirect, as large files are. */
export interface FakeHub {
  /** As HF_ENDPOINT names it. */
  readonly endpoint: string;
  /** Every path that was asked for, in order. */
  readonly requests: string[];
  /** Trouble by the file that it befalls, until it is deleted. */
  readonly troubles: Map<string, Trouble>;
  close(): Promise<void>;
}

/** @param models Files by path, by the model's name. */
export async function startFakeHub(
  models: Readonly<Record<string, ReadonlyMap<string, Uint8Array>>>,
): Promise<FakeHub> {
  const requests: string[] = [];
  const troubles = new Map<string, Trouble>();
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    requests.push(path);
    const [, place, name = "", file = ""] =
      /^\/(?:(large)\/)?([^/]+\/[^/]+)\/resolve\/main\/(.+)$/.exec(path) ?? [];
    const content = models[name]?.get(file);
    if (content === undefined) return void response.writeHead(404).end("Entry not found");
    if (file.endsWith(".onnx") && !place)
      return void response.writeHead(302, { location: `${endpoint}/large${path}` }).end("Found");
    answer(response, content, troubles.get(file));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { endpoint, requests, troubles, close };
}

function answer(response: ServerResponse, content: Uint8Array, trouble: Trouble | undefined): void {
  if (typeof trouble === "number") {
    response.writeHead(trouble).end();
  } else if (typeof trouble === "object") {
    response.writeHead(200, { "content-type": trouble.type }).end(trouble.body);
  } else {
    response.writeHead(200, { "content-length": content.length, "content-type": "application/octet-stream" });
    if (trouble === undefined) return void response.end(content);
    response.write(content.subarray(0, content.length >> 1), () => {
      if (trouble === "breaks off") response.socket?.end();
    });
  }
}
