import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a completion is answered with. */
export type Reply =
  | /** The model's words. */ { readonly says: string }
  | /** A status without a body of use. */ { readonly status: number }
  | /** A body that is no completion. */ { readonly sends: string }
  | "stalls"
  | /** A good beginning, then nothing. */ "stalls midway"
  | /** A body that never ends. */ "floods"
  | /** Another address, which is this server's own. */ "redirects"
  | "hangs up";

export interface ChatRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: { readonly model: string; readonly messages: readonly { readonly content: string }[] };
}

/** An OpenAI-compatible server on loopback that says what it is told to. */
export interface FakeChatServer {
  /** For LLM_BASE_URL. */
  readonly baseUrl: string;
  /** All that were asked, in order; a GET has an empty body. */
  readonly requests: ChatRequest[];
  /** The models it offers. */
  models: readonly string[];
  reply: Reply;
  close(): Promise<void>;
}

export async function startFakeChatServer(first: Reply): Promise<FakeChatServer> {
  const requests: ChatRequest[] = [];
  const server = createServer(async (request, response) => {
    const body = await readAll(request);
    const path = request.url ?? "";
    requests.push({ path, authorization: request.headers.authorization, body: JSON.parse(body || "{}") });
    if (path === "/v1/models")
      sendJson(response, { data: fake.models.map((id) => ({ id, object: "model" })) });
    else if (path === "/v1/chat/completions") answer(response, fake.reply);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const fake: FakeChatServer = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    models: ["small-model", "other-model"],
    reply: first,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}

function answer(response: ServerResponse, reply: Reply): void {
  if (reply === "stalls") return;
  if (reply === "hangs up") return void response.socket?.destroy();
  if (reply === "redirects") return void response.writeHead(307, { location: "/v1/elsewhere" }).end();
  if (reply === "stalls midway" || reply === "floods") {
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"choices":[{"message":{"content":"');
    const flood = (): void => {
      if (!response.destroyed) response.write("好".repeat(10_000), flood);
    };
    if (reply === "floods") flood();
    return;
  }
  if ("status" in reply) return void response.writeHead(reply.status).end("no");
  if ("sends" in reply) return void response.writeHead(200).end(reply.sends);
  sendJson(response, {
    id: "1",
    object: "chat.completion",
    choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: reply.says } }],
  });
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
