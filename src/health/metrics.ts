import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Heartbeat } from "./heartbeat.ts";

/** From an answer at once to one that had to wait for the end of an outage. */
const BUCKETS_S = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 3600];

/** What the program counts. Nothing here is given a text: no label can hold what a person or an article says. */
export interface Metrics {
  /** An update came from Telegram; `isNew` false where it had come before. */
  received(isNew: boolean): void;
  /** An update is done with, `ms` after it was taken. */
  handled(outcome: "done" | "failed" | "given-up", ms: number): void;
  /** A question was answered, `ms` after it was received by this program. */
  answered(kind: "answered" | "not-found", ms: number): void;
  sent(): void;
  /** A message was sent again although Telegram may have taken it before. */
  resentBlindly(reason: "restart" | "connection" | "server"): void;
  /** A call was refused or failed and is to be repeated. */
  retried(reason: "flood" | "server" | "network"): void;
  /** Telegram could not be received from. */
  receivingFailed(reason: "conflict" | "network" | "server" | "flood" | "stalled"): void;
  /** Told by the program when asked: what waits now. */
  observeWaiting(look: () => { readonly updates: number; readonly oldestMs: number }): void;
  /** As Prometheus reads it; rejects where what waits cannot be told. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Figures of a registry of their own. Those of the process are collected from the first reading on: they cost. */
export function createMetrics(heartbeat: Pick<Heartbeat, "state">): Metrics {
  const register = new Registry();
  const { common, count, time, gauge } = instrumentsOf(register);
  let look = () => ({ updates: 0, oldestMs: 0 });
  let readsProcess = false;

  const received = count("updates_received", "known", ["false", "true"], "Updates, by whether known before");
  const lastReceipt = gauge(
    "last_receipt_timestamp_seconds",
    "When the last update came; 0 before the first",
  );
  const sent = new Counter(common("messages_sent_total", "Messages that Telegram took"));
  const waiting = gauge("updates_waiting", "Updates that are kept and not done with");
  const oldest = gauge("oldest_waiting_seconds", "How long the oldest of them has waited");
  const ready = gauge("ready", "1 while Telegram is received from, else 0; as /healthz says");

  return {
    received(isNew) {
      received(isNew ? "false" : "true");
      lastReceipt.setToCurrentTime();
    },
    handled: time(
      "update_handling",
      "outcome",
      ["done", "failed", "given-up"],
      "From taking an update to its end",
    ),
    answered: time("answer", "kind", ["answered", "not-found"], "From receiving a question to its answer"),
    sent: () => sent.inc(),
    resentBlindly: count(
      "messages_resent_blindly",
      "reason",
      ["restart", "connection", "server"],
      "Messages sent again that Telegram may have taken before",
    ),
    retried: count(
      "calls_retried",
      "reason",
      ["flood", "server", "network"],
      "Calls that were to be repeated",
    ),
    receivingFailed: count(
      "receiving_failures",
      "reason",
      ["conflict", "network", "server", "flood", "stalled"],
      "Times that Telegram could not be received from",
    ),
    observeWaiting(observe) {
      look = observe;
    },
    async text() {
      const { updates, oldestMs } = look();
      waiting.set(updates);
      oldest.set(toSeconds(oldestMs));
      ready.set(heartbeat.state().ready ? 1 : 0);
      if (!readsProcess) collectDefaultMetrics({ register });
      readsProcess = true;
      // prom-client writes "Nan" for what has no value yet, which strict readers refuse.
      return (await register.metrics()).replace(/ Nan$/gm, " NaN");
    },
    contentType: register.contentType,
  };
}

/** Each figure stands at zero from the beginning, so that its first rise is seen as one. */
function instrumentsOf(register: Registry) {
  const common = (name: string, help: string) => ({ name: `wenbao_${name}`, help, registers: [register] });
  return {
    common,
    count<Value extends string>(name: string, label: string, values: readonly Value[], help: string) {
      const counter = new Counter({ ...common(`${name}_total`, help), labelNames: [label] });
      for (const value of values) counter.inc({ [label]: value }, 0);
      return (value: Value): void => counter.inc({ [label]: value });
    },
    time<Value extends string>(name: string, label: string, values: readonly Value[], help: string) {
      const histogram = new Histogram({
        ...common(`${name}_seconds`, help),
        labelNames: [label],
        buckets: BUCKETS_S,
      });
      for (const value of values) histogram.zero({ [label]: value });
      return (value: Value, ms: number): void => histogram.observe({ [label]: value }, toSeconds(ms));
    },
    gauge: (name: string, help: string) => new Gauge(common(name, help)),
  };
}

/** A clock that was set back makes times negative, which would take back what was counted before. */
function toSeconds(ms: number): number {
  return Number.isFinite(ms) ? Math.max(ms, 0) / 1000 : 0;
}
