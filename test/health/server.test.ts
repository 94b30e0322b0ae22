import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { AppError } from "../../src/errors.ts";
import { createHeartbeat, type Heartbeat } from "../../src/health/heartbeat.ts";
import { createMetrics, type Metrics } from "../../src/health/metrics.ts";
import { serveHealth } from "../../src/health/server.ts";
import { freePort } from "../support/free-port.ts";
import { readPrometheusText } from "./prometheus-text.ts";

let time: number;
let heartbeat: Heartbeat;
let metrics: Metrics;
let logged: string[];
let port: number;
let health: Awaited<ReturnType<typeof serveHealth>>;

beforeEach(async () => {
  time = 0;
  heartbeat = createHeartbeat(() => time);
  metrics = createMetrics(heartbeat);
  logged = [];
  port = await freePort();
  health = await serve();
});

const write = (event: string, fields?: Record<string, unknown>) =>
  void logged.push(`${event} ${JSON.stringify(fields)}`);
const log = { debug: write, info: write, warn: write, error: write };

async function serve(timeoutMs?: number) {
  const limit = timeoutMs === undefined ? {} : { timeoutMs };
  const served = await serveHealth({ port, heartbeat, metrics, log, ...limit });
  onTestFinished(() => served.close().catch(() => undefined));
  return served;
}

const call = (path: string, request: RequestInit = {}) => fetch(`http://127.0.0.1:${port}${path}`, request);

async function statusesOf(...paths: readonly string[]) {
  return Promise.all(paths.map(async (path) => (await call(path)).status));
}

describe("/healthz", () => {
  it("fails until Telegram was heard from, then is well, and fails again after a minute of silence", async () => {
    const before = await call("/healthz");
    expect(before.status).toBe(503);
    expect(before.headers.get("content-type")).toBe("application/json");
    expect(await before.json()).toEqual({
      status: "failing",
      live: true,
      ready: false,
      reason: "Telegram has not been heard from yet.",
    });
    heartbeat.heard();
    time = 3000;
    const after = await call("/healthz?verbose=1");
    expect(after.status).toBe(200);
    expect(await after.json()).toEqual({ status: "ok", live: true, ready: true, lastHeardMs: 3000 });
    time = 60_000;
    expect((await call("/healthz")).status).toBe(503);
  });

  it("tells a bot that lives from one that is ready, also while it ends", async () => {
    const paths = ["/healthz", "/healthz/ready", "/healthz/live"];
    expect(await statusesOf(...paths)).toEqual([503, 503, 200]);
    heartbeat.heard();
    expect(await statusesOf(...paths)).toEqual([200, 200, 200]);
    heartbeat.ending();
    expect(await statusesOf(...paths)).toEqual([503, 503, 200]);
    expect(await (await call("/healthz/live")).json()).toMatchObject({
      status: "ok",
      ready: false,
      reason: "The program is ending.",
    });
  });
});

describe("/metrics", () => {
  it("is what Prometheus reads, with what is the case now", async () => {
    metrics.sent();
    heartbeat.heard();
    const response = await call("/metrics");
    expect([response.status, response.headers.get("content-type")]).toEqual([200, metrics.contentType]);
    const figures = readPrometheusText(await response.text());
    expect([figures.get("wenbao_messages_sent_total"), figures.get("wenbao_ready")]).toEqual([1, 1]);
    time = 60_000;
    const later = readPrometheusText(await (await call("/metrics")).text());
    expect(later.get("wenbao_ready")).toBe(0);
  });

  it("that fail are told in the log and to nobody else, and everything goes on", async () => {
    metrics.observeWaiting(() => {
      throw new Error("The database is closed.");
    });
    const failed = await call("/metrics");
    expect([failed.status, await failed.text()]).toEqual([500, "Internal Server Error\n"]);
    expect(logged).toEqual(['health.failed {"path":"/metrics","error":"The database is closed."}']);
    expect((await call("/healthz/live")).status).toBe(200);
  });
});

describe("the health server", () => {
  it.each<[method: string, path: string, status: number]>([
    ["GET", "/", 404],
    ["GET", "/healthz/", 404],
    ["GET", "/constructor", 404],
    ["GET", "/__proto__", 404],
    ["POST", "/elsewhere", 404],
    ["POST", "/healthz", 405],
    ["DELETE", "/metrics", 405],
    ["OPTIONS", "/metrics", 405],
  ])("refuses %s %s with %i", async (method, path, status) => {
    const response = await call(path, { method });
    expect(response.status).toBe(status);
    expect(response.headers.get("allow")).toBe(status === 405 ? "GET, HEAD" : null);
    expect(await response.text()).toMatch(/^[A-Za-z ]+\n$/);
  });

  it("answers HEAD as GET, without a body", async () => {
    for (const path of ["/healthz", "/healthz/live", "/metrics"]) {
      const [head, get] = [await call(path, { method: "HEAD" }), await call(path)];
      expect([head.status, head.headers.get("content-type")]).toEqual([
        get.status,
        get.headers.get("content-type"),
      ]);
      expect(await head.text()).toBe("");
      expect(await get.text()).not.toBe("");
    }
  });

  it("is reached from this machine only", async () => {
    // All of 127.0.0.0/8 is this machine; the server listens on one address of it.
    await expect(fetch(`http://127.0.0.2:${port}/healthz`)).rejects.toThrow();
  });

  it("names the setting where its port is taken", async () => {
    const second = serveHealth({ port, heartbeat, metrics, log });
    await expect(second).rejects.toThrow(AppError);
    await expect(second).rejects.toThrow(
      `Cannot listen on 127.0.0.1:${port} (EADDRINUSE). Set HEALTH_PORT to a free port, or stop the other program.`,
    );
  });

  it("ends at once when it is closed, whoever still asks, and frees its port", async () => {
    const idle = await open();
    idle.write("GET /healthz HTTP/1.1\r\n");
    await health.close();
    await idle.ended;
    await expect(call("/healthz")).rejects.toThrow();
    health = await serve();
    expect((await call("/healthz/live")).status).toBe(200);
  });
});

describe("who means the health server harm", () => {
  beforeEach(async () => {
    await health.close();
    health = await serve(500);
  });

  it("is answered before a large body has come, for none is read", async () => {
    const client = await open();
    client.write("GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\nxxxx");
    await client.ended;
    expect(client.text()).toMatch(/^HTTP\/1\.1 503 /);
  });

  it.each([
    ["nothing", ""],
    ["half of a request", "GET /healthz HTTP/1.1\r\nHost: "],
    ["what is no HTTP", "\u0000\u0001 healthz\r\n\r\n"],
    ["headers without end", `GET /healthz HTTP/1.1\r\nX: ${"x".repeat(100_000)}`],
    [
      "a request that smuggles another",
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: x, chunked\r\n\r\n",
    ],
  ])("is hung up on when sending %s, and others are answered meanwhile", async (_, text) => {
    const client = await open();
    client.write(text);
    expect((await call("/healthz/live")).status).toBe(200);
    const began = performance.now();
    await client.ended;
    expect(performance.now() - began).toBeLessThan(5000);
    expect(client.text()).not.toMatch(/^HTTP\/1\.1 200 /);
  });

  it("is hung up on when headers trickle in, however steadily", async () => {
    const client = await open();
    client.write("GET /healthz HTTP/1.1\r\n");
    const trickle = setInterval(() => client.write("x: y\r\n"), 100);
    onTestFinished(() => clearInterval(trickle));
    const began = performance.now();
    await client.ended;
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it("may come as a crowd that only connects", async () => {
    const crowd = await Promise.all(Array.from({ length: 200 }, open));
    await Promise.all(crowd.map(({ ended }) => ended));
    expect((await call("/healthz/live")).status).toBe(200);
  });
});

/** A client that speaks no HTTP of its own. */
async function open(): Promise<{
  write(text: string): void;
  text(): string;
  readonly ended: Promise<void>;
}> {
  let received = "";
  const socket: Socket = connect(port, "127.0.0.1");
  socket.setEncoding("utf8").on("data", (chunk) => {
    received += chunk;
  });
  // A reset ends a connection as well.
  socket.on("error", () => undefined);
  onTestFinished(() => void socket.destroy());
  const ended = new Promise<void>((resolve) => void socket.once("close", () => resolve()));
  await Promise.race([new Promise((resolve) => socket.once("connect", resolve)), ended, sleep(5000)]);
  return { write: (text) => void socket.write(text), text: () => received, ended };
}
