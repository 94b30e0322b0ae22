import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { messageOf } from "../errors.ts";
import { listen } from "../listen.ts";
import type { Log } from "../log.ts";
import type { HealthState, Heartbeat } from "./heartbeat.ts";
import type { Metrics } from "./metrics.ts";

/** More watch at once only to do harm. */
const MAX_CONNECTIONS = 50;

export interface HealthPartners {
  readonly port: number;
  readonly heartbeat: Pick<Heartbeat, "state">;
  readonly metrics: Pick<Metrics, "text" | "contentType">;
  readonly log: Log;
  /** How long a request may take; by default five seconds, for nothing is asked that takes longer. */
  readonly timeoutMs?: number;
}

/** What a path is answered with. */
interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/**
 * Says on this machine how the program is, until it is closed: `/healthz`, the same as `/healthz/ready`, is 200 while
 * it is ready, else 503; `/healthz/live` is always 200; `/metrics` is what Prometheus reads. It never holds the process.
 *
 * @throws AppError when the port cannot be listened on.
 */
export async function serveHealth(partners: HealthPartners): Promise<{ close(): Promise<void> }> {
  const { port, heartbeat, metrics, log, timeoutMs = 5000 } = partners;
  const pages: Readonly<Record<string, () => Page | Promise<Page>>> = {
    "/healthz": () => describe(heartbeat.state(), "ready"),
    "/healthz/ready": () => describe(heartbeat.state(), "ready"),
    "/healthz/live": () => describe(heartbeat.state(), "live"),
    "/metrics": async () => ({ status: 200, type: metrics.contentType, body: await metrics.text() }),
  };
  const limits = { requestTimeout: timeoutMs, connectionsCheckingInterval: timeoutMs / 5 };
  const server = createServer(limits, async ({ method, url = "" }, response) => {
    const path = url.split("?")[0]!;
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    if (page === undefined) return send(response, plain(404, "Not Found"));
    if (method !== "GET" && method !== "HEAD") {
      response.setHeader("allow", "GET, HEAD");
      return send(response, plain(405, "Method Not Allowed"));
    }
    try {
      send(response, await page());
    } catch (error) {
      // Whoever counts must not be able to end what is counted.
      log.error("health.failed", { path, error: messageOf(error) });
      send(response, plain(500, "Internal Server Error"));
    }
  });
  server.maxConnections = MAX_CONNECTIONS;
  // Also ends who asks and does not read.
  server.setTimeout(timeoutMs);
  await listen(server, port, "HEALTH_PORT");
  server.on("error", (error) => log.warn("health.failed", { error: messageOf(error) }));
  server.unref();
  return {
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Judged by whether the program is live, or by whether it is ready. */
function describe(state: HealthState, by: "live" | "ready"): Page {
  const body = JSON.stringify({ status: state[by] ? "ok" : "failing", ...state });
  return { status: state[by] ? 200 : 503, type: "application/json", body: `${body}\n` };
}

function plain(status: number, text: string): Page {
  return { status, type: "text/plain", body: `${text}\n` };
}

/** Nothing that was sent is read beyond the headers, so nothing else can come on the connection. */
function send(response: ServerResponse, { status, type, body }: Page): void {
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    connection: "close",
  });
  response.end(body);
}
