import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, vi } from "vitest";
import { runBot } from "../scenarios/run-bot.ts";
import { startFakeBotApi } from "../support/fake-bot-api.ts";
import { startFakeChatServer } from "../support/fake-chat-server.ts";
import { it, programDir } from "../support/program.ts";

const TOKEN = "4242424242:AAHq7-Zk_secretOfTheBot0123456789xyz";
const WEBHOOK_SECRET = "webhook-secret_0123456789abcdef";
const LLM_API_KEY = "sk-key.of_the_model-0123456789ABCDEF";
const SECRETS = { TELEGRAM_BOT_TOKEN: TOKEN, WEBHOOK_SECRET, LLM_API_KEY, LOG_LEVEL: "debug" };
/** The bot is asked more than a person would. */
const UNLIMITED = { PERSON_QUESTIONS_PER_MINUTE: "1000", CHAT_QUESTIONS_PER_MINUTE: "1000" };
/** As a server, or a library, might write what it was given. */
const WRITTEN: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => encodeURIComponent(secret),
  (secret) => [...secret].map((character) => `%${character.charCodeAt(0).toString(16)}`).join(""),
  (secret) => secret.replace(/.{10}/g, "$&\n"),
  (secret) => `/bot${secret}/sendMessage`,
];
const everything = (write: (secret: string) => string) =>
  [TOKEN, WEBHOOK_SECRET, LLM_API_KEY].map(write).join(" and ");

/** The parts of secrets, of eight characters, that a reader could put together from a text. */
function leaked(text: string): string[] {
  const readings = [
    text,
    text.replace(/%([0-9a-f]{2})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
  ];
  const joined = readings.map((reading) => reading.replace(/\\[nrt]|[\s'"+\\]/g, ""));
  return [TOKEN.split(":")[1]!, WEBHOOK_SECRET, LLM_API_KEY].flatMap((secret) =>
    Array.from({ length: secret.length - 7 }, (_, at) => secret.slice(at, at + 8)).filter((part) =>
      [...readings, ...joined].some((reading) => reading.includes(part)),
    ),
  );
}

it("no failure of the Bot API's makes the program tell a secret", async ({ program }) => {
  const { telegram, bot } = await runBot(program, { ...SECRETS, ...UNLIMITED }, { token: TOKEN });
  const you = telegram.private(7);
  for (const code of [400, 401, 403, 404, 409])
    for (const write of WRITTEN) {
      telegram.failNext("sendMessage", { kind: "error", code, description: `${code}: ${everything(write)}` });
      const before = telegram.calls.length;
      you.says("八条硬措施是哪八条？");
      await vi.waitUntil(
        () => telegram.calls.slice(before).some(({ method }) => method === "sendMessage"),
        10_000,
      );
    }
  telegram.failNext("sendMessage", { kind: "drop" });
  for (const code of [500, 409])
    telegram.failNext("getUpdates", { kind: "error", code, description: everything(WRITTEN[3]!) });
  await you.waitForReply(you.says("八条硬措施是哪八条？"), undefined, 30_000);
  bot.signal("SIGTERM");
  const { stdout, stderr } = await bot.ended;
  expect(stderr).toContain("[redacted]");
  expect(leaked(stdout + stderr)).toEqual([]);
  expect(leaked(JSON.stringify(telegram.calls.map(({ payload }) => payload)))).toEqual([]);
});

it("no chat server that gives back its key makes the program tell it", async ({ program }) => {
  const chat = await startFakeChatServer({ says: "" });
  onTestFinished(chat.close);
  const { telegram, bot } = await runBot(
    program,
    { ...SECRETS, ...UNLIMITED, LLM_BASE_URL: chat.baseUrl },
    { token: TOKEN },
  );
  const you = telegram.private(7);
  const replies = [
    ...WRITTEN.flatMap((write) => [{ says: everything(write) }, { sends: everything(write) }]),
    { says: `铜锣峡储气库今年注气${LLM_API_KEY}。[1]` },
    { status: 401 },
    "redirects",
    "hangs up",
  ] as const;
  for (const reply of replies) {
    chat.reply = reply;
    await you.waitForReply(you.says("铜锣峡储气库今年注气多少？"), undefined, 30_000);
  }
  expect(chat.requests.some(({ authorization }) => authorization === `Bearer ${LLM_API_KEY}`)).toBe(true);
  bot.signal("SIGTERM");
  const { stdout, stderr } = await bot.ended;
  expect(leaked(stdout + stderr)).toEqual([]);
  expect(leaked(JSON.stringify(telegram.calls.map(({ payload }) => payload)))).toEqual([]);
});

it("no server that is none, no address and no uncaught error makes the program tell a secret", async ({
  program,
}) => {
  const say: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
    "/page": ({ url }, response) => void response.end(`<html>${url} ${everything(WRITTEN[0]!)}`),
    "/hangs-up": ({ socket }) => void socket.destroy(),
    "/redirect": ({ url }, response) =>
      void response.writeHead(302, { location: `http://127.0.0.1:1${url}` }).end(),
    "/refuses": ({ url }, response) => {
      const description = `Unauthorized ${url} ${everything(WRITTEN[3]!)}`;
      response.end(JSON.stringify({ ok: false, error_code: 401, description }));
    },
  };
  const server = createServer((request, response) => {
    const mode = Object.keys(say).find((path) => request.url?.startsWith(path));
    say[mode ?? "/page"]!(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const roots = [...Object.keys(say).map((mode) => root + mode), "http://name.invalid"];
  const outputs = roots.map(async (TELEGRAM_API_ROOT) => {
    const env = { ...SECRETS, TELEGRAM_API_ROOT, LLM_BASE_URL: `${TELEGRAM_API_ROOT}/v1` };
    const { stdout, stderr } = await program.run(["doctor", "--corpus", ".", "--index", "none"], { env });
    expect(stdout + stderr, TELEGRAM_API_ROOT).toMatch(/Bot API|refused the token/);
    return stdout + stderr;
  });
  const told = "'Told: ' + process.env.TELEGRAM_BOT_TOKEN + encodeURIComponent(process.env.LLM_API_KEY)";
  // When the program is there to catch it.
  const code = `setInterval(() => { if (process.listenerCount("uncaughtException") > 0) throw new Error(${told}); }, 10)`;
  const thrower = `data:text/javascript,${encodeURIComponent(code)}`;
  const thrown = program.startCommand(
    process.execPath,
    [...["--import", thrower, join(programDir, "dist/main.js"), "start"]],
    { env: { ...SECRETS, TELEGRAM_API_ROOT: root } },
  );
  const { stdout, stderr } = await thrown.ended;
  expect(stderr).toContain("Told: [redacted]");
  expect(leaked([stdout, stderr, ...(await Promise.all(outputs))].join("\n"))).toEqual([]);
});

it("a webhook that Telegram refuses is told without its secret", async ({ program }) => {
  const telegram = await startFakeBotApi({ token: TOKEN });
  onTestFinished(telegram.close);
  telegram.failNext("setWebhook", { kind: "error", code: 400, description: everything(WRITTEN[3]!) });
  const env = { WEBHOOK_URL: "http://127.0.0.1:18553/hook", WEBHOOK_PORT: "18553" };
  const { code, stdout, stderr } = await program.run(["start"], {
    env: { ...SECRETS, ...env, TELEGRAM_API_ROOT: telegram.apiRoot },
  });
  expect(code).toBe(1);
  expect(stderr).toContain("Telegram does not take WEBHOOK_URL ([redacted]");
  expect(leaked(stdout + stderr)).toEqual([]);
});
