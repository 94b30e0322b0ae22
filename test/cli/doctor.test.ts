import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { type Check, type DoctorPartners, runDoctor } from "../../src/cli/doctor.ts";
import { styleFor } from "../../src/cli/render.ts";
import type { Config } from "../../src/config.ts";
import { AppError } from "../../src/errors.ts";
import { capture } from "./stand-ins.ts";

const TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOpp_-9";
const common = { corpusDir: "/corpus", indexDir: "/index", logLevel: "info", withoutEffect: {} } as const;
const terminal: Config = { ...common, secrets: [], mode: "terminal" };

function polling(apiRoot: string, token = TOKEN): Config {
  return { ...common, secrets: [token], mode: "polling", telegram: { token, apiRoot } };
}

async function examine(config: Config, more: Partial<DoctorPartners> = {}) {
  const stdout = capture();
  const partners = {
    stdout,
    nodeVersion: "20.19.0",
    loadNativeIndex: async () => {},
    loadModel: async () => "wenbao-static-256",
    countArticles: async () => 8,
    verifyIndex: async () => 63,
    fetch,
    style: styleFor(false),
    ...more,
  };
  const code = await runDoctor(config, { json: true }, partners);
  const { ok, checks } = JSON.parse(stdout.text()) as { ok: boolean; checks: Check[] };
  const check = (name: string) => checks.find((each) => each.name === name);
  return { code, ok, checks, check, text: stdout.text() };
}

/** Runs `use` with the address of a server that answers every method with what `replies` holds for it. */
async function withBotApi(replies: Record<string, unknown>, use: (apiRoot: string) => Promise<void>) {
  const server = createServer((request, response) => {
    const method = request.url?.split("/").at(-1) ?? "";
    response.end(JSON.stringify(replies[method]));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe("doctor", () => {
  it("finds nothing wrong with a fresh installation without a token", async () => {
    const { code, ok, checks } = await examine(terminal);
    expect(code).toBe(0);
    expect(ok).toBe(true);
    expect(checks.map(({ name, status }) => `${name} ${status}`)).toEqual([
      "node ok",
      "native index ok",
      "model ok",
      "corpus ok",
      "index ok",
      "token ok",
    ]);
  });

  it("goes on after a failure, says what to do and fails", async () => {
    const { code, check } = await examine(terminal, {
      nodeVersion: "18.20.1",
      loadNativeIndex: () => Promise.reject(new Error("Cannot find module")),
      countArticles: async () => 0,
      verifyIndex: () => Promise.reject(new AppError("The index does not fit.")),
    });
    expect(code).toBe(1);
    expect(check("node")).toMatchObject({ status: "fail", advice: "Install Node 20.19 or newer." });
    expect(check("native index")).toMatchObject({ status: "warn", message: "Cannot find module" });
    expect(check("corpus")).toMatchObject({ status: "fail", message: "/corpus holds no article" });
    expect(check("index")).toMatchObject({ status: "fail", advice: 'Run "npm run index".' });
  });

  it("is content without hnswlib, which only costs time", async () => {
    const { code, ok } = await examine(terminal, {
      loadNativeIndex: () => Promise.reject(new Error("none")),
    });
    expect({ code, ok }).toEqual({ code: 0, ok: true });
  });

  it.each([
    ["20.18.9", "fail"],
    ["20.19.0", "ok"],
    ["22.0.0", "ok"],
  ])("judges Node %s: %s", async (nodeVersion, status) => {
    expect((await examine(terminal, { nodeVersion })).check("node")?.status).toBe(status);
  });

  it("asks Telegram who the bot is and whether a webhook takes its updates", async () => {
    const replies = {
      getMe: { ok: true, result: { id: 1, username: "news_bot" } },
      getWebhookInfo: { ok: true, result: { url: "https://example.org/hook" } },
    };
    await withBotApi(replies, async (apiRoot) => {
      const { code, check, text } = await examine(polling(apiRoot));
      expect(code).toBe(0);
      expect(check("telegram")).toEqual({
        name: "telegram",
        status: "ok",
        message: `${apiRoot} knows the bot as @news_bot`,
      });
      expect(check("webhook")?.status).toBe("warn");
      expect(text).not.toContain(TOKEN);
    });
  });

  it("fails when Telegram refuses the token, or answers something else", async () => {
    const refusal = { ok: false, error_code: 401, description: "Unauthorized" };
    await withBotApi({ getMe: refusal, getWebhookInfo: "hello" }, async (apiRoot) => {
      const { code, check } = await examine(polling(apiRoot, "short"));
      expect(code).toBe(1);
      expect(check("token")?.status).toBe("warn");
      expect(check("telegram")).toMatchObject({
        status: "fail",
        message: `${apiRoot} refuses getMe: Unauthorized`,
      });
      expect(check("webhook")?.message).toBe(`${apiRoot} does not answer as Telegram does`);
    });
  });

  it("never shows the token, not even when the network's own message does", async () => {
    const unreachable = async (url: unknown) => {
      throw new TypeError(`Failed to fetch ${String(url)}`);
    };
    const { code, check, text } = await examine(polling("http://127.0.0.1:1"), {
      fetch: unreachable as typeof fetch,
    });
    expect(code).toBe(1);
    expect(check("telegram")?.message).toContain("http://127.0.0.1:1 cannot be reached");
    expect(text).not.toContain(TOKEN);
  });
});
