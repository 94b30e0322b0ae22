import { createServer } from "node:http";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { AppError } from "../../src/errors.ts";
import { examineHealth } from "../../src/health/examine.ts";
import { createHeartbeat, type Heartbeat } from "../../src/health/heartbeat.ts";
import { createMetrics } from "../../src/health/metrics.ts";
import { serveHealth } from "../../src/health/server.ts";
import { freePort } from "../support/free-port.ts";

let time: number;
let heartbeat: Heartbeat;
let port: number;
let health: Awaited<ReturnType<typeof serveHealth>>;

const log = { debug() {}, info() {}, warn() {}, error() {} };

beforeEach(async () => {
  time = 0;
  heartbeat = createHeartbeat(() => time);
  port = await freePort();
  health = await serveHealth({ port, heartbeat, metrics: createMetrics(heartbeat), log });
  onTestFinished(() => health.close());
});

describe("examineHealth", () => {
  it("says what the running bot says of itself", async () => {
    await expect(examineHealth(port)).rejects.toThrow(
      "the bot that runs is not ready: Telegram has not been heard from yet.",
    );
    heartbeat.heard();
    time = 3400;
    expect(await examineHealth(port)).toBe("the bot that runs heard from Telegram 3 s ago");
    heartbeat.failed("Telegram cannot be reached.");
    expect(await examineHealth(port)).toBe(
      "the bot that runs heard from Telegram 3 s ago; since then: Telegram cannot be reached.",
    );
  });

  it("says where nothing listens, or something else does", async () => {
    await health.close();
    await expect(examineHealth(port)).rejects.toThrow(`nothing listens on 127.0.0.1:${port}, so no bot runs`);
    const other = createServer((_, response) => response.end('{"status":"ok"}')).listen(port, "127.0.0.1");
    onTestFinished(() => void other.close());
    await expect(examineHealth(port)).rejects.toThrow(`127.0.0.1:${port} answers, but not as Wenbao does.`);
    other.removeAllListeners("request").on("request", (_, response) => response.end("hello"));
    await expect(examineHealth(port)).rejects.toThrow("but not as Wenbao does. Set HEALTH_PORT");
    other.removeAllListeners("request").on("request", (request) => request.socket.destroy());
    await expect(examineHealth(port)).rejects.toThrow(AppError);
  });
});
