import { readFile } from "node:fs/promises";
import { AutoModel, env, Tensor } from "@xenova/transformers";
import { expect, test } from "vitest";
import { readWeights } from "../../src/embedding/weights.ts";
import { projectPath } from "../index/sample.ts";

const folder = projectPath("models", "wenbao-multilingual-256");
const file = projectPath("models", "wenbao-multilingual-256", "onnx", "model_quantized.onnx");

test("a row is the vector that the model's own graph gives", async () => {
  const weights = readWeights(await readFile(file));
  env.allowRemoteModels = false;
  const model = await AutoModel.from_pretrained(folder, { dtype: "q8" });
  const ids = [
    0,
    1,
    2,
    weights.rows - 1,
    ...Array.from({ length: 500 }, (_, i) => (i * 48_271) % weights.rows),
  ];
  const outputs: Record<string, Tensor> = await model({
    input_ids: new Tensor("int64", BigInt64Array.from(ids, BigInt), [1, ids.length]),
    attention_mask: new Tensor("int64", new BigInt64Array(ids.length).fill(1n), [1, ids.length]),
  });
  const expected = outputs.last_hidden_state!.data as Float32Array;
  ids.forEach((id, i) => {
    const row = new Float32Array(weights.dimensions);
    weights.addRow(id, row);
    const differences = row.map((value, d) => Math.abs(value - expected[i * weights.dimensions + d]!));
    expect(Math.max(...differences)).toBeLessThan(5e-6);
  });
});

test("a file that is cut short, or no graph with these constants, is refused", async () => {
  const whole = await readFile(file);
  for (const length of [0, 1, 5, 1000, whole.length - 1])
    expect(() => readWeights(whole.subarray(0, length)), `${length}`).toThrow("its weights are");
  expect(() => readWeights(Buffer.from("no graph at all"))).toThrow("its weights are");
});
