import { describe, expect, onTestFinished } from "vitest";
import { type Reply, startFakeChatServer } from "../support/fake-chat-server.ts";
import { it, linesOf } from "../support/program.ts";

const QUESTION = "What did the fire drill simulate?";
const SENTENCE = "The drill simulated a fire at the construction site.";
const HONEST = { says: `<think>Quote 1 says so [1].</think>**${SENTENCE.replace(".", " [1].")}**` };
const LIE = { says: "The drill simulated two fires [1]. The drill simulated an earthquake [1]." };
const KEY = "sk-very-secret";

async function startServer(reply: Reply) {
  const server = await startFakeChatServer(reply);
  onTestFinished(server.close);
  return { server, env: { LLM_BASE_URL: server.baseUrl, LLM_API_KEY: KEY } };
}

describe("ask with a chat server", () => {
  it("adds verified sentences, lets the quotes stand alone where the server lies or fails, says so once each, and leaves it alone after two failures", async ({
    program,
  }) => {
    const { server, env } = await startServer(HONEST);
    const asked = program.start(["ask"], { env });
    const replies: Reply[] = [
      HONEST,
      LIE,
      { sends: "<html>Sign in</html>" },
      HONEST,
      "hangs up",
      { status: 500 },
      HONEST,
    ];
    for (const [i, reply] of replies.entries()) {
      server.reply = reply;
      asked.type(`${QUESTION}\n`);
      await asked.until(new RegExp(`^(?:.*\n){${i + 1}}$`));
    }
    asked.endInput();
    const { code, stdout, stderr } = await asked.ended;
    expect(code).toBe(0);
    const answers = linesOf(stdout).map((line) => JSON.parse(line));
    expect(answers.map((answer) => [answer.kind, answer.phrasing?.sentences.length])).toEqual(
      [1, undefined, undefined, 1, undefined, undefined, undefined].map((count) => ["answered", count]),
    );
    expect(answers[0].phrasing).toEqual({
      sentences: [{ text: SENTENCE, citation: 1 }],
      model: "small-model",
    });
    const warnings = linesOf(stderr).map((line) => JSON.parse(line));
    expect(warnings).toMatchObject([
      {
        level: "warn",
        event: "answer not phrased",
        reason: expect.stringContaining("no JSON"),
      },
      { level: "warn" },
      { level: "warn", reason: "HTTP 500 for /chat/completions", pauseMs: 60_000 },
    ]);
    expect(stderr).not.toMatch(/secret|fire drill/);
    expect(server.requests.filter(({ path }) => path.endsWith("/completions"))).toHaveLength(6);
  });

  it("is examined by the doctor", async ({ program }) => {
    const { env } = await startServer(HONEST);
    const { stdout } = await program.run(["doctor"], { env });
    expect(stdout).toMatch(/ok {4}phrasing .*\/v1 answers with small-model\n/);
  });
});
