import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect } from "vitest";
import { readPrometheusText } from "../health/prometheus-text.ts";
import { type FakeBotApi, startFakeBotApi } from "../support/fake-bot-api.ts";
import { freePort } from "../support/free-port.ts";
import { it, linesOf } from "../support/program.ts";

let telegram: FakeBotApi;
let env: Readonly<Record<string, string>>;
let address: string;

beforeEach(async () => {
  telegram = await startFakeBotApi();
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  env = {
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    HEALTH_PORT: `${port}`,
  };
});
afterEach(() => telegram.close());

describe("start with a health port", () => {
  it("says there how it is, until it has stopped", async ({ program }) => {
    const bot = program.start(["start"], { env });
    await expect.poll(telegram.isPolled, { timeout: 60_000 }).toBe(true);
    expect((await fetch(`${address}/healthz/live`)).status).toBe(200);
    const figures = readPrometheusText(await (await fetch(`${address}/metrics`)).text());
    expect(figures.get("process_resident_memory_bytes")).toBeGreaterThan(50e6);
    const { stdout } = await program.run(["doctor", "--json"], { env });
    const health = JSON.parse(stdout).checks.find(({ name }: { name: string }) => name === "health");
    expect(health.message).toMatch(/^the bot that runs /);

    bot.signal("SIGTERM");
    expect(await bot.ended).toMatchObject({ code: 0, signal: null });
    await expect(fetch(`${address}/healthz/live`)).rejects.toThrow();
  });

  it("ends with one line where the port is taken", async ({ program, onTestFinished }) => {
    const other = createServer().listen(Number(env.HEALTH_PORT), "127.0.0.1");
    onTestFinished(() => void other.close());
    const { code, stderr } = await program.run(["start"], { env: { ...env, LOG_LEVEL: "error" } });
    expect(code).toBe(1);
    expect(linesOf(stderr)).toEqual([
      expect.stringMatching(/\(EADDRINUSE\)\. Set HEALTH_PORT to a free port/),
    ]);
    expect(telegram.calls).toEqual([]);
  });
});
