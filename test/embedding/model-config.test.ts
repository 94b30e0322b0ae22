import { describe, expect, test } from "vitest";
import { objectionTo } from "../../src/embedding/model-config.ts";

const withExternal = (use_external_data_format: unknown) => ({
  model_type: "xlm-roberta",
  "transformers.js_config": { use_external_data_format },
});

describe("objectionTo", () => {
  test.each([
    ["an encoder", { model_type: "bert", architectures: ["BertModel"] }],
    ["one trained to fill gaps", { model_type: "bert", architectures: ["BertForMaskedLM"] }],
    [
      "an encoder made of a decoder's family",
      { model_type: "gemma3_text", architectures: ["Gemma3TextModel"] },
    ],
    ["one without architectures", { model_type: "xlm-roberta", architectures: null }],
    ["one that says its weights are whole", withExternal(false)],
    ["one of which only the large weights lie in several files", withExternal({ "model.onnx": true })],
  ])("has nothing against %s", (_, config) => {
    expect(objectionTo(config)).toBeUndefined();
  });

  test.each([
    ["nothing", {}, /no model_type/],
    ["a list", [], /no model_type/],
    ["null", null, /no model_type/],
    ["no JSON", undefined, /no model_type/],
    ["external weights", withExternal(true), /several files/],
    ["external weights in two chunks", withExternal(2), /several files/],
    ["external quantised weights", withExternal({ "model_quantized.onnx": 1 }), /several files/],
    ["external weights of any kind", withExternal({ model: true }), /several files/],
    ["a decoder's type", { model_type: "qwen3", architectures: ["Qwen3Model"] }, /decoder/],
    ["a decoder's architecture", { model_type: "new", architectures: ["NewForCausalLM"] }, /decoder/],
  ])("objects to a config.json that holds %s", (_, config, objection) => {
    expect(objectionTo(config)).toMatch(objection);
  });
});
