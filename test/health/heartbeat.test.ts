import { beforeEach, describe, expect, it } from "vitest";
import { createHeartbeat, type Heartbeat } from "../../src/health/heartbeat.ts";

let time: number;
let heartbeat: Heartbeat;
beforeEach(() => {
  time = 5000;
  heartbeat = createHeartbeat(() => time);
});

describe("a heartbeat", () => {
  it("is live from the beginning, and ready when Telegram was heard from for the first time", () => {
    const reason = "Telegram has not been heard from yet.";
    expect(heartbeat.state()).toEqual({ live: true, ready: false, reason });
    heartbeat.heard();
    expect(heartbeat.state()).toEqual({ live: true, ready: true, lastHeardMs: 0 });
  });

  it("stays ready for less than a minute of silence, and is ready again at the next sign of life", () => {
    heartbeat.heard();
    time += 59_999;
    expect(heartbeat.state()).toEqual({ live: true, ready: true, lastHeardMs: 59_999 });
    time += 1;
    const reason = "Telegram has not been heard from for a minute.";
    expect(heartbeat.state()).toEqual({ live: true, ready: false, reason, lastHeardMs: 60_000 });
    heartbeat.heard();
    expect(heartbeat.state()).toEqual({ live: true, ready: true, lastHeardMs: 0 });
  });

  it("says what fails at once, and is no longer ready where it fails for a minute", () => {
    const reason = "Another program polls with this token.";
    heartbeat.failed(reason);
    expect(heartbeat.state()).toEqual({ live: true, ready: false, reason });
    heartbeat.heard();
    heartbeat.failed(reason);
    expect(heartbeat.state()).toMatchObject({ ready: true, reason });
    time += 60_000;
    expect(heartbeat.state()).toMatchObject({ live: true, ready: false, reason });
    heartbeat.heard();
    expect(heartbeat.state()).not.toHaveProperty("reason");
  });

  it("is not ready while the program ends, whatever still comes", () => {
    heartbeat.heard();
    heartbeat.ending();
    heartbeat.failed("The call was given up.");
    heartbeat.heard();
    expect(heartbeat.state()).toMatchObject({ live: true, ready: false, reason: "The program is ending." });
  });
});
