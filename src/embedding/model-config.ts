import * as z from "zod";

/** The weights in use, where a model has both. */
const QUANTIZED = ["model_quantized.onnx", "model"];
const DECODER = /^(qwen\d*|llama|mistral|gemma\d*|gpt2|phi\d*)$/;

const configSchema = z.object({
  model_type: z.string(),
  architectures: z.array(z.string()).nullish(),
  /** Of all weights, or by their file's name with or without its ending. */
  "transformers.js_config": z.object({ use_external_data_format: z.unknown() }).partial().nullish(),
});

/** What speaks against a model of the hub by what stands in its `config.json`; undefined for one that can be used. */
export function objectionTo(config: unknown): string | undefined {
  const { data } = configSchema.safeParse(config);
  if (!data) return "its config.json names no model_type (remove that file to have it downloaded anew)";
  const external = data["transformers.js_config"]?.use_external_data_format;
  const ofFiles = z.record(z.string(), z.unknown()).safeParse(external).data;
  if (ofFiles ? QUANTIZED.some((name) => ofFiles[name]) : external) return IN_SEVERAL_FILES;
  if (DECODER.test(data.model_type) || data.architectures?.some((name) => name.endsWith("ForCausalLM")))
    return "it is a decoder, and a text's vector its last token's, which is not supported";
  return undefined;
}

export const IN_SEVERAL_FILES = "its weights lie in several files (.onnx_data), which is not supported";
