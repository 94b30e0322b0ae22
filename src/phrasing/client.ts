import { z } from "zod";
import type { ChatServer } from "../config.ts";
import { AppError, reasonOf } from "../errors.ts";

/** More than any answer is; what goes on without end is cut off here. */
const MAX_BODY_BYTES = 256 * 1024;

const Models = z.object({ data: z.array(z.object({ id: z.string().min(1) })).min(1) });
const Completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});

export interface Completed {
  readonly text: string;
  readonly model: string;
}

/** Asks the server's model to go on after one message of at most `maxTokens` answer tokens, as certain as it can. */
export type Complete = (prompt: string, maxTokens: number, signal: AbortSignal) => Promise<Completed>;

/**
 * The door to an OpenAI-compatible server (llama.cpp, Ollama, vLLM and others). A model that is not named is the first
 * of those the server offers. Errors say what went wrong and hold neither key nor prompt nor what the server wrote.
 */
export function createCompletion({ baseUrl, model, apiKey }: ChatServer): Complete {
  let offered: string | undefined;

  async function request(path: string, signal: AbortSignal, body?: unknown): Promise<unknown> {
    const headers = {
      accept: "application/json",
      ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    };
    try {
      // A redirect would take the key and the question to an address that nobody has named.
      const response = await fetch(`${baseUrl}${path}`, {
        method: body === undefined ? "GET" : "POST",
        headers,
        redirect: "error",
        signal,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) {
        await response.body?.cancel();
        throw new AppError(`HTTP ${response.status} for ${path}`);
      }
      return parse(await readBody(response), path);
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw new AppError(signal.aborted ? `no answer in time for ${path}` : `${reasonOf(error)} for ${path}`);
    }
  }

  return async (prompt, maxTokens, signal) => {
    const name = model ?? offered ?? check(Models, await request("/models", signal), "/models").data[0]!.id;
    // Forgotten where the answer fails: another model may be offered by then.
    offered = undefined;
    const path = "/chat/completions";
    const body = {
      model: name,
      messages: [{ role: "user", content: prompt }],
      temperature: 0,
      max_tokens: maxTokens,
      stream: false,
    };
    const { choices } = check(Completion, await request(path, signal, body), path);
    offered = name;
    return { text: choices[0]!.message.content, model: name };
  };
}

async function readBody(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    // Leaving the loop cancels the rest.
    if (bytes > MAX_BODY_BYTES) throw new AppError(`more than ${MAX_BODY_BYTES} bytes came`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A web page, or half an answer.
    throw new AppError(`what came for ${path} is no JSON`);
  }
}

function check<Checked>(schema: z.ZodType<Checked>, value: unknown, path: string): Checked {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError(`what came for ${path} is not what an OpenAI-compatible server gives`);
}
