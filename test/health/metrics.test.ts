import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMetrics, type Metrics } from "../../src/health/metrics.ts";
import { readPrometheusText } from "./prometheus-text.ts";

const READY = { state: () => ({ live: true, ready: true }) as const };
const ANY_MS = fc.oneof(fc.double(), fc.integer({ min: -1000, max: 10_000_000 }));

/** Something that the program tells; together all there is. */
const EVENT: fc.Arbitrary<(metrics: Metrics) => void> = fc.oneof(
  fc.boolean().map((isNew) => (metrics: Metrics) => metrics.received(isNew)),
  fc
    .tuple(fc.constantFrom("done", "failed", "given-up"), ANY_MS)
    .map((told) => (metrics: Metrics) => metrics.handled(...told)),
  fc
    .tuple(fc.constantFrom("answered", "not-found"), ANY_MS)
    .map((told) => (metrics: Metrics) => metrics.answered(...told)),
  fc.constant((metrics: Metrics) => metrics.sent()),
  fc.constantFrom("restart", "connection").map((why) => (metrics: Metrics) => metrics.resentBlindly(why)),
  fc.constantFrom("flood", "server", "network").map((why) => (metrics: Metrics) => metrics.retried(why)),
  fc
    .constantFrom("conflict", "network", "server", "flood", "stalled")
    .map((why) => (metrics: Metrics) => metrics.receivingFailed(why)),
  fc.tuple(fc.nat(), ANY_MS).map(
    ([updates, oldestMs]) =>
      (metrics: Metrics) =>
        metrics.observeWaiting(() => ({ updates, oldestMs })),
  ),
);

describe("metrics", () => {
  it("count what they are told, under names of their own", async () => {
    const metrics = createMetrics(READY);
    metrics.received(true);
    metrics.received(true);
    metrics.received(false);
    metrics.handled("done", 30);
    metrics.handled("given-up", 20_000);
    metrics.answered("answered", 80);
    metrics.answered("not-found", 4000);
    metrics.sent();
    metrics.resentBlindly("restart");
    metrics.retried("flood");
    metrics.receivingFailed("conflict");
    metrics.observeWaiting(() => ({ updates: 3, oldestMs: 1500 }));
    const figures = readPrometheusText(await metrics.text());
    expect(
      Object.fromEntries([...figures].filter(([name]) => isOurs(name) && !name.includes("_bucket"))),
    ).toEqual({
      'wenbao_updates_received_total{known="false"}': 2,
      'wenbao_updates_received_total{known="true"}': 1,
      wenbao_last_receipt_timestamp_seconds: expect.closeTo(Date.now() / 1000, -1),
      'wenbao_update_handling_seconds_sum{outcome="done"}': 0.03,
      'wenbao_update_handling_seconds_count{outcome="done"}': 1,
      'wenbao_update_handling_seconds_sum{outcome="failed"}': 0,
      'wenbao_update_handling_seconds_count{outcome="failed"}': 0,
      'wenbao_update_handling_seconds_sum{outcome="given-up"}': 20,
      'wenbao_update_handling_seconds_count{outcome="given-up"}': 1,
      'wenbao_answer_seconds_sum{kind="answered"}': 0.08,
      'wenbao_answer_seconds_count{kind="answered"}': 1,
      'wenbao_answer_seconds_sum{kind="not-found"}': 4,
      'wenbao_answer_seconds_count{kind="not-found"}': 1,
      wenbao_messages_sent_total: 1,
      'wenbao_messages_resent_blindly_total{reason="restart"}': 1,
      'wenbao_messages_resent_blindly_total{reason="server"}': 0,
      'wenbao_messages_resent_blindly_total{reason="connection"}': 0,
      'wenbao_calls_retried_total{reason="flood"}': 1,
      'wenbao_calls_retried_total{reason="server"}': 0,
      'wenbao_calls_retried_total{reason="network"}': 0,
      'wenbao_receiving_failures_total{reason="conflict"}': 1,
      'wenbao_receiving_failures_total{reason="network"}': 0,
      'wenbao_receiving_failures_total{reason="server"}': 0,
      'wenbao_receiving_failures_total{reason="flood"}': 0,
      'wenbao_receiving_failures_total{reason="stalled"}': 0,
      wenbao_updates_waiting: 3,
      wenbao_oldest_waiting_seconds: 1.5,
      wenbao_ready: 1,
    });
    expect(figures.get('wenbao_answer_seconds_bucket{le="0.1",kind="answered"}')).toBe(1);
    expect(figures.get('wenbao_answer_seconds_bucket{le="0.05",kind="answered"}')).toBe(0);
  });

  it("stand at zero from the beginning, beside memory and time of the process", async () => {
    const metrics = createMetrics({ state: () => ({ live: true, ready: false }) });
    const figures = readPrometheusText(await metrics.text());
    expect([...figures].filter(([name, value]) => isOurs(name) && value !== 0)).toEqual([]);
    expect(figures.get("process_resident_memory_bytes")).toBeGreaterThan(1e6);
    expect(figures.get("process_cpu_seconds_total")).toBeGreaterThan(0);
    expect(metrics.contentType).toMatch(/^text\/plain; version=0\.0\.4/);
    // A second set beside it, as the process of another test has, knows nothing of the first one.
    metrics.sent();
    const other = readPrometheusText(await createMetrics(READY).text());
    expect(other.get("wenbao_messages_sent_total")).toBe(0);
  });

  it("tell what waits at the time they are read, and reject where that cannot be told", async () => {
    const metrics = createMetrics(READY);
    let updates = 1;
    metrics.observeWaiting(() => ({ updates: updates++, oldestMs: 0 }));
    const read = async () => readPrometheusText(await metrics.text()).get("wenbao_updates_waiting");
    expect([await read(), await read()]).toEqual([1, 2]);
    metrics.observeWaiting(() => {
      throw new Error("The database is closed.");
    });
    await expect(metrics.text()).rejects.toThrow("The database is closed.");
  });

  it("are read by Prometheus whatever is told, and no count ever falls", async () => {
    const metrics = createMetrics(READY);
    let before = readPrometheusText(await metrics.text());
    const property = fc.asyncProperty(fc.array(EVENT), async (events) => {
      for (const tell of events) tell(metrics);
      const after = readPrometheusText(await metrics.text());
      expect([...after.keys()].filter(isOurs)).toEqual([...before.keys()].filter(isOurs));
      for (const [name, value] of before) {
        if (isOurs(name) && /_(?:total|bucket|sum|count)(?:\{|$)/.test(name))
          expect(after.get(name), name).toBeGreaterThanOrEqual(value);
      }
      before = after;
    });
    await fc.assert(property);
  });
});

function isOurs(name: string): boolean {
  return name.startsWith("wenbao_");
}
