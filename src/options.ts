import { z } from "zod";
import { LOG_LEVELS } from "./log.ts";

/** Folder of the embedded model below the models folder. */
export const EMBEDDED_MODEL = "wenbao-multilingual-256";
/** Also what keeps a name inside of the folder of the downloaded models. */
const HUB_NAME = /^\w[\w.-]*\/\w[\w.-]*$/;

/** One that URL reads as it is meant: no slip of the pen puts a part of a password into its path or its query. */
const ADDRESS = /^https?:\/\/[^\s/?#\\]+(\/[^\s?#@\\]*)?$/i;

const SWITCH = z.enum(["on", "off"], { error: "on or off" });
const IDS = z
  .string()
  .regex(/^-?\d{1,16}(?:[\s,]+-?\d{1,16})*$/, "ids parted by commas, such as 123456789,-1001234567890");
const PORT = z.string().refine((value) => /^[1-9]\d{0,4}$/.test(value) && Number(value) < 65536, {
  error: "a port from 1 to 65535",
});
const atLeastOne = (most: number) =>
  z.string().refine((text) => /^\d{1,6}$/.test(text) && Number(text) >= 1 && Number(text) <= most, {
    error: `a whole number from 1 to ${most}`,
  });

/** Every option there is; `.env.example` explains each to the operator. */
export const OPTIONS = z.object({
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^[\w:-]+$/, "the token that @BotFather gave: digits, a colon, then letters, digits, - and _")
    .optional(),
  TELEGRAM_API_ROOT: z
    .string()
    .refine(isAddress, { error: "an http or https address without ?, # and spaces" })
    .default("https://api.telegram.org"),
  ACCESS: z
    .enum(["open", "allowlist", "pairing"], { error: "one of open, allowlist, pairing" })
    .default("open"),
  ALLOWLIST: IDS.optional(),
  ADMINS: IDS.optional(),
  GUEST_MODE: SWITCH.default("off"),
  EPHEMERAL_ANSWERS: SWITCH.default("off"),
  PERSON_QUESTIONS_PER_MINUTE: atLeastOne(1000).default("10"),
  CHAT_QUESTIONS_PER_MINUTE: atLeastOne(1000).default("40"),
  FOLLOW_UP_MINUTES: atLeastOne(1440).default("15"),
  KEEP_DAYS: atLeastOne(3650).default("90"),
  DIGEST: SWITCH.default("on"),
  WEBHOOK_URL: z
    .string()
    .refine((value) => isAddress(value) && !value.includes("@"), {
      error: "an http or https address without ?, #, spaces and password (WEBHOOK_SECRET is for secrets)",
    })
    .optional(),
  WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{1,256}$/, "1 to 256 letters, digits, - and _")
    .optional(),
  WEBHOOK_PORT: PORT.default("8443"),
  HEALTH_PORT: PORT.optional(),
  CORPUS_DIR: z.string().default("corpus"),
  INDEX_DIR: z.string().default("index"),
  STATE_DIR: z.string().default("state"),
  INBOX_DIR: z.string().optional(),
  EMBEDDING_MODEL: z
    .string()
    .refine((name) => name === EMBEDDED_MODEL || HUB_NAME.test(name), {
      error: `a model of the hub as owner/model, or ${EMBEDDED_MODEL}`,
    })
    .default(EMBEDDED_MODEL),
  MODEL_CACHE_DIR: z.string().default("model-cache"),
  HF_ENDPOINT: z
    .string()
    .refine((value) => isAddress(value) && !value.includes("@"), {
      error:
        "an http or https address without ?, #, spaces and password (a mirror that needs one is not supported)",
    })
    .default("https://huggingface.co"),
  LLM_BASE_URL: z
    .string()
    .refine((value) => isAddress(value) && !value.includes("@"), {
      error: "an http or https address without ?, #, spaces and password (LLM_API_KEY is for keys)",
    })
    .optional(),
  LLM_MODEL: z.string().optional(),
  LLM_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, "a key of letters, digits and signs without spaces")
    .optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `one of ${LOG_LEVELS.join(", ")}` }).default("info"),
});

/** Options whose values must never be written anywhere. */
export const SECRETS: ReadonlySet<string> = new Set(["TELEGRAM_BOT_TOKEN", "WEBHOOK_SECRET", "LLM_API_KEY"]);
/** Options that name a folder. */
export const FOLDERS: ReadonlySet<string> = new Set([
  "CORPUS_DIR",
  "INDEX_DIR",
  "STATE_DIR",
  "INBOX_DIR",
  "MODEL_CACHE_DIR",
]);

function isAddress(value: string): boolean {
  return ADDRESS.test(value) && URL.canParse(value);
}
