import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { embeddedModelFolder } from "../../src/assistant.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { createCompletion } from "../../src/phrasing/client.ts";
import { createPhraser } from "../../src/phrasing/phrase.ts";
import type { SupportParts } from "../../src/phrasing/support.ts";
import { createTokenTable } from "../../src/retrieval/token-table.ts";
import type { Answer, Answered } from "../../src/types.ts";
import { quote } from "../cli/stand-ins.ts";
import { type Reply, startFakeChatServer } from "../support/fake-chat-server.ts";

const KEY = "sk-very-secret";
const ANSWER: Answered = {
  kind: "answered",
  question: "What did the fire drill simulate?",
  language: "en",
  confidence: 0.9,
  quotes: [
    quote("本次演练模拟工地失火，项目启动应急预案开展应急救援。"),
    quote("近日，该项目联合业主单位及监理单位开展演练。", { citation: 2 }),
  ],
};
const HONEST = "The drill simulated a fire at the construction site [1].";
const LIES = [
  "The drill simulated an earthquake at the construction site [1].",
  "The drill simulated no fire at the construction site [1].",
  "The drill simulated 3 fires at the construction site [1].",
  "The drill simulated a fire at the construction site [2].",
  "The drill simulated a fire at the construction site.",
  "The drill simulated a fire at the construction site [7].",
  "The drill simulated a fire, see www.example.org/fire [1].",
  "Учения имитировали пожар на стройке [1].",
  "L'exercice ne simulait pas un incendie sur le chantier [1].",
  "演练模拟工地失火[1]。",
  "Fire drill [1].",
];

let parts: SupportParts;
beforeAll(async () => {
  const embedder = await loadEmbedder(embeddedModelFolder(join(import.meta.dirname, "../..")));
  parts = { embedder, table: createTokenTable(embedder) };
}, 60_000);

async function phraserOf(reply: Reply, model?: string) {
  const server = await startFakeChatServer(reply);
  onTestFinished(server.close);
  const warnings: string[] = [];
  const clock = { ms: 0 };
  // The others have the 20 s that a busy machine may need some of.
  const isStalling = typeof reply === "string" && reply.startsWith("stalls");
  const phrase = createPhraser({
    ...parts,
    complete: createCompletion({ baseUrl: server.baseUrl, model, apiKey: KEY }),
    log: { debug: () => {}, warn: (event, fields) => warnings.push(JSON.stringify([event, fields])) },
    now: () => clock.ms,
    ...(isStalling ? { timeoutMs: 300 } : {}),
  });
  return { server, phrase, warnings, clock };
}

describe("createPhraser", () => {
  it("adds what the server says and a quote supports, and changes nothing else", async () => {
    const { server, phrase, warnings } = await phraserOf({ says: [...LIES, HONEST].slice(8).join("\n") });
    expect(await phrase(ANSWER)).toEqual({
      ...ANSWER,
      phrasing: {
        sentences: [{ text: "The drill simulated a fire at the construction site.", citation: 1 }],
        model: "small-model",
      },
    });
    expect(warnings).toEqual([]);
    expect(server.requests.map(({ path }) => path)).toEqual(["/v1/models", "/v1/chat/completions"]);
    expect(server.requests[1]).toMatchObject({
      authorization: `Bearer ${KEY}`,
      body: { model: "small-model", temperature: 0, max_tokens: 300 },
    });
  });

  it.each(LIES)("lets the quotes stand alone where the server says: %s", async (lie) => {
    const { phrase, warnings } = await phraserOf({ says: lie });
    expect(await phrase(ANSWER)).toBe(ANSWER);
    expect(warnings).toEqual([]);
  });

  it("asks for the model that is named, and looks for none", async () => {
    const { server, phrase } = await phraserOf({ says: HONEST }, "my-model");
    expect(await phrase(ANSWER)).toHaveProperty("phrasing.model", "my-model");
    expect(server.requests.map(({ body }) => body.model)).toEqual(["my-model"]);
  });

  it("asks nothing where nothing can be verified: no answer, a list, another language", async () => {
    const { server, phrase } = await phraserOf({ says: HONEST });
    const list = { declared: 8, found: 2, complete: false, items: ["甲", "乙"] };
    const { quotes: _, ...base } = ANSWER;
    for (const answer of [
      { ...base, kind: "not-found", nearest: [] },
      { ...ANSWER, list },
      { ...ANSWER, language: "ru" },
    ])
      expect(await phrase(answer as Answer)).toBe(answer);
    expect(server.requests).toEqual([]);
  });

  it.each<[Reply, string]>([
    [{ status: 500 }, "HTTP 500"],
    [{ status: 401 }, "HTTP 401"],
    [{ sends: "<html>Sign in</html>" }, "no JSON"],
    [{ sends: "" }, "no JSON"],
    [{ sends: '{"choices":[]}' }, "not what an OpenAI-compatible server gives"],
    [{ sends: '{"choices":[{"message":{"content":null}}]}' }, "not what an OpenAI-compatible server gives"],
    [{ sends: `{"error":"${KEY} What did the fire drill simulate?"}` }, "not what"],
    ["stalls", "no answer in time"],
    ["stalls midway", "no answer in time"],
    ["floods", "more than 262144 bytes"],
    ["redirects", "redirect"],
    ["hangs up", "other side closed"],
  ])(
    "lets the quotes stand alone where the server fails (%j), and says why in one line",
    async (reply, reason) => {
      const { server, phrase, warnings } = await phraserOf(reply);
      const began = performance.now();
      expect(await phrase(ANSWER)).toBe(ANSWER);
      expect(performance.now() - began).toBeLessThan(10_000);
      expect(warnings).toEqual([expect.stringContaining(reason)]);
      expect(warnings[0]).not.toMatch(/secret|fire drill/);
      expect(server.requests.map(({ path }) => path)).not.toContain("/v1/elsewhere");
    },
  );

  it("leaves a server alone for a minute after two failures, then tries it again", async () => {
    const { server, phrase, clock, warnings } = await phraserOf({ status: 503 }, "m");
    for (let i = 0; i < 5; i++) await phrase(ANSWER);
    expect(server.requests).toHaveLength(2);
    expect(warnings[1]).toContain('"pauseMs":60000');
    server.reply = { says: HONEST };
    clock.ms = 60_000;
    expect(await phrase(ANSWER)).toHaveProperty("phrasing");
  });
});
