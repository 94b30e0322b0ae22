import { spawnSync } from "node:child_process";
import { readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type DownloadOptions, provideModel } from "../../src/embedding/hub.ts";
import { AppError } from "../../src/errors.ts";
import { makeFolder, readTree } from "../index/sample.ts";
import { type FakeHub, startFakeHub, type Trouble } from "../support/fake-hub.ts";
import { makeTinyModel } from "../support/tiny-model.ts";

const NAME = "you/tiny";
const QUANTIZED = "onnx/model_quantized.onnx";
const LOGIN_PAGE = { type: "Text/HTML; charset=utf-8", body: "<html>Welcome</html>" };
const tiny = makeTinyModel(["red", "apple"]);
const whole = makeTinyModel(["red", "apple"], { weights: "onnx/model.onnx" });

let hub: FakeHub;
let cacheDir: string;
beforeEach(async () => {
  hub = await startFakeHub({ [NAME]: tiny.files, "you/whole": whole.files });
  onTestFinished(hub.close);
  cacheDir = await makeFolder();
});

const provide = (name = NAME, options: DownloadOptions = {}) =>
  provideModel({ name, cacheDir, endpoint: hub.endpoint }, options);

async function failureOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  return (error as AppError).message;
}

describe("provideModel", () => {
  test("downloads a model once, and asks nobody the second time", async () => {
    const shares: (readonly [number, number])[] = [];
    const { folder, files } = await provide(NAME, { onProgress: (...share) => shares.push(share) });
    expect(folder).toBe(join(cacheDir, NAME));
    expect(files).toEqual(["config.json", "tokenizer.json", "tokenizer_config.json", QUANTIZED]);
    for (const file of files) expect(await readFile(join(folder, file))).toEqual(tiny.files.get(file));
    expect([...(await readTree(cacheDir)).keys()].sort()).toEqual(
      files.map((file) => `${NAME}/${file}`).sort(),
    );
    expect(shares.at(-1)).toEqual([1, 1]);

    await hub.close();
    expect(await provide(NAME, { onProgress: () => expect.unreachable() })).toEqual({ folder, files });
  });

  test("downloads only what an operator has not placed by hand", async () => {
    const { folder } = await provide();
    const own = '{"model_type":"bert"}';
    await writeFile(join(folder, "config.json"), own);
    await rm(join(folder, "tokenizer.json"));
    hub.requests.splice(0);
    await provide();
    expect(hub.requests).toEqual([`/${NAME}/resolve/main/tokenizer.json`]);
    expect(await readFile(join(folder, "config.json"), "utf8")).toBe(own);
  });

  test("takes the large weights where there are no quantised ones", async () => {
    expect((await provide("you/whole")).files.at(-1)).toBe("onnx/model.onnx");
    await hub.close();
    expect((await provide("you/whole")).files.at(-1)).toBe("onnx/model.onnx");
  });

  test("asks a mirror whose address has a path", async () => {
    await failureOf(provideModel({ name: NAME, cacheDir, endpoint: `${hub.endpoint}/api/hub` }));
    expect(hub.requests).toContain("/api/hub/you/tiny/resolve/main/config.json");
  });

  test.each<[string, Trouble, string, RegExp]>([
    ["breaks off", "breaks off", QUANTIZED, /model_quantized\.onnx broke off after \d+ of \d+ bytes/],
    ["stalls", "stalls", QUANTIZED, /nothing came for 0\.3 s/],
    ["is answered with a login page", LOGIN_PAGE, QUANTIZED, /a web page came for onnx/],
    ["is empty", { type: "text/plain", body: "" }, QUANTIZED, /nothing came for onnx/],
    ["has no content", 204, QUANTIZED, /nothing came for onnx\/model_quantized\.onnx \(HTTP 204\)/],
    ["is no JSON", { type: "text/plain", body: "Welcome" }, "tokenizer.json", /tokenizer\.json is no JSON/],
    ["is forbidden", 401, "config.json", /no such model with a file config\.json, or it is not public/],
    ["is missing", 404, "tokenizer_config.json", /no such model with a file tokenizer_config\.json/],
    ["meets a fault of the hub", 500, QUANTIZED, /HTTP 500 for onnx\/model_quantized\.onnx/],
    ["comes too often", 429, QUANTIZED, /the hub is busy, try again later \(HTTP 429 for onnx/],
  ])(
    "leaves no half file behind when one %s, and succeeds at the next try",
    async (_, trouble, file, reason) => {
      hub.troubles.set(file, trouble);
      const message = await failureOf(provide(NAME, { stallMs: 300 }));
      expect(message).toMatch(reason);
      for (const [path, content] of await readTree(cacheDir))
        expect(content).toEqual(tiny.files.get(path.slice(NAME.length + 1)));
      expect(await readdir(join(cacheDir, NAME)).catch(() => [])).not.toContain(file);

      hub.troubles.clear();
      await provide();
      expect(await readTree(cacheDir)).toHaveLength(4);
    },
  );

  test("says without a network what failed and how to place which files where", async () => {
    const { endpoint } = hub;
    await hub.close();
    const message = await failureOf(provideModel({ name: NAME, cacheDir, endpoint }));
    expect(message).toContain(`${NAME} could not be downloaded from ${endpoint}: connect ECONNREFUSED`);
    expect(message).toContain("HF_ENDPOINT");
    expect(message).toContain(
      `place its files in ${join(cacheDir, NAME)} by hand: config.json, tokenizer.json, tokenizer_config.json, ` +
        "onnx/model_quantized.onnx or onnx/model.onnx.",
    );
    expect(message).not.toContain("\n");
  });

  test("says when a model has no weights that can be read here", async () => {
    hub.troubles.set("onnx/model.onnx", 404);
    const message = await failureOf(provide("you/whole"));
    expect(message).toContain("no such model with a file onnx/model_quantized.onnx or onnx/model.onnx,");
  });

  test("refuses a model that it cannot use before its weights are downloaded", async () => {
    const body = JSON.stringify({ model_type: "qwen3", architectures: ["Qwen3ForCausalLM"] });
    hub.troubles.set("config.json", { type: "application/json", body });
    expect(await failureOf(provide())).toMatch(
      /^The embedding model you\/tiny cannot be used: it is a decoder/,
    );
    expect(hub.requests).toEqual([`/${NAME}/resolve/main/config.json`]);
  });

  test("refuses weights beside which the hub has more of them", async () => {
    const files = new Map([...whole.files, ["onnx/model.onnx_data", Buffer.from("more")] as const]);
    const large = await startFakeHub({ "you/whole": files });
    onTestFinished(large.close);
    const refused = provideModel({ name: "you/whole", cacheDir, endpoint: large.endpoint });
    expect(await failureOf(refused)).toContain("its weights lie in several files (.onnx_data)");
    expect([...(await readTree(cacheDir)).keys()]).not.toContain("you/whole/onnx/model.onnx");
  });

  test.each(["{}", "[]", "null", "Welcome"])("refuses a config.json that holds %s", async (text) => {
    const { folder } = await provide();
    await writeFile(join(folder, "config.json"), text);
    expect(await failureOf(provide())).toContain("its config.json names no model_type");
  });

  test("says when the folder cannot be written", async () => {
    const file = join(await makeFolder({ taken: "" }), "taken");
    const endpoint = hub.endpoint;
    const message = await failureOf(provideModel({ name: NAME, cacheDir: file, endpoint }));
    expect(message).toMatch(/cannot be kept in .*taken\/you\/tiny: ENOTDIR.*MODEL_CACHE_DIR/);
    expect(message).not.toContain("network");
  });

  test("takes away what ended downloads left behind, not what another process is writing", async () => {
    const { folder } = await provide();
    const ended = spawnSync(process.execPath, ["--version"]).pid;
    const [left, old, growing] = [
      `${QUANTIZED}.${ended}.tmp`,
      `tokenizer.json.${process.ppid}.tmp`,
      `config.json.${process.ppid}.tmp`,
    ];
    for (const name of [left, old, growing]) await writeFile(join(folder, name), "half");
    await utimes(join(folder, old), 0, 0);
    await provide();
    const paths = [...(await readTree(folder)).keys()].filter((path) => path.endsWith(".tmp"));
    expect(paths).toEqual([growing]);
  });
});
