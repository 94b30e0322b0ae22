import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { type FakeHub, startFakeHub } from "../support/fake-hub.ts";
import { it as base, linesOf, type Program, programDir } from "../support/program.ts";
import { makeTinyModel } from "../support/tiny-model.ts";

const SKILLED_WORKERS = "长春一东高技能人才占比2023年是多少？";
const NAME = "you/e5-tiny";

interface Hub {
  readonly hub: FakeHub;
  /** The program's environment with the hub's model. */
  readonly env: Readonly<Record<"EMBEDDING_MODEL" | "HF_ENDPOINT" | "MODEL_CACHE_DIR", string>>;
}

const it = base.extend<{ served: Hub }>({
  served: async ({ program, onTestFinished }, use) => {
    const text = await readFile(join(programDir, "corpus/page-01.md"), "utf8");
    const { files } = makeTinyModel([...new Set(text)], { dimensions: 24 });
    const hub = await startFakeHub({ [NAME]: files });
    onTestFinished(hub.close);
    const env = {
      EMBEDDING_MODEL: NAME,
      HF_ENDPOINT: hub.endpoint,
      MODEL_CACHE_DIR: join(program.folder, "models"),
    };
    await use({ hub, env });
  },
});

const indexWith = (program: Program, env: Hub["env"]) => program.run(["index", "--index", "index"], { env });

describe("EMBEDDING_MODEL", () => {
  it("is downloaded once, indexes, answers and is shown by doctor and evaluate", async ({
    program,
    served,
  }) => {
    const { hub, env } = served;
    const built = await indexWith(program, env);
    expect(built).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/holds 8 articles .* [1-9]\d* embedded/),
    });
    expect(built.stderr).toContain(`Downloading ${NAME}, MB: 1 of 1\n`);
    await hub.close();

    const asked = await program.run(["ask", SKILLED_WORKERS, "--index", "index"], { env });
    expect(asked).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("66.83%") });
    const lines = await program.run(["start", "--index", "index"], { env, stdin: `${SKILLED_WORKERS}\n` });
    expect(lines).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("66.83%") });
    const { stdout } = await program.run(["doctor", "--index", "index"], { env });
    expect(stdout).toMatch(/^ok {4}model .*you\/e5-tiny with wenbao-multilingual-256 loads$/m);
    expect(stdout).toMatch(/^ok {4}index /m);
    const dataset = join(programDir, "test/datasets/articles");
    const figures = await program.run(["evaluate", dataset, "--json", "--index", "index"], { env });
    expect(JSON.parse(figures.stdout)).toMatchObject({
      model: "you/e5-tiny with wenbao-multilingual-256",
      failed: 0,
    });
  });

  it("has its index refused without it, and the shipped index with it", async ({ program, served }) => {
    const { env } = served;
    await indexWith(program, env);
    const without = await program.run(["ask", SKILLED_WORKERS, "--index", "index"]);
    expect(without).toMatchObject({ code: 1, stdout: "" });
    expect(without.stderr).toMatch(
      /another model \(you\/e5-tiny with .* Run "npm run index -- --index index"/,
    );
    const shipped = await program.run(["ask", SKILLED_WORKERS], { env });
    expect(shipped).toMatchObject({ code: 1, stdout: "" });
    expect(shipped.stderr).toMatch(/than the one in use \(you\/e5-tiny with /);
  });

  it("ends in one line that says how to place the files where there is no network", async ({
    program,
    served,
  }) => {
    const { hub, env } = served;
    await hub.close();
    const failed = await program.run(["ask", SKILLED_WORKERS], { env });
    expect(failed).toMatchObject({ code: 1, stdout: "" });
    expect(linesOf(failed.stderr)).toEqual([
      expect.stringMatching(
        /^wenbao: .*could not be downloaded .*ECONNREFUSED.*place its files in .*models\/you\/e5-tiny/,
      ),
    ]);
    const { code, stdout } = await program.run(["doctor"], { env });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL {2}model .*ECONNREFUSED/m);
  });

  it("is not downloaded for a command that fails without it", async ({ program, served }) => {
    const { hub, env } = served;
    for (const command of [["index"], ["ask", SKILLED_WORKERS]]) {
      const failed = await program.run([...command, "--corpus", "nowhere"], { env });
      expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining("nowhere") });
    }
    expect(hub.requests).toEqual([]);
  });

  it("leaves nothing that is later taken for whole when it is killed while it downloads", async ({
    program,
    served,
  }) => {
    const { hub, env } = served;
    const weights = "onnx/model_quantized.onnx";
    hub.troubles.set(weights, "stalls");
    const build = program.start(["index", "--index", "index"], { env });
    await expect
      .poll(() => hub.requests.some((path) => path.startsWith("/large/")), { timeout: 60_000 })
      .toBe(true);
    build.signal("SIGINT");
    expect(await build.ended).toMatchObject({ signal: "SIGINT" });
    hub.troubles.clear();
    expect((await indexWith(program, env)).code).toBe(0);
    expect(await readdir(join(env.MODEL_CACHE_DIR, NAME, "onnx"))).toEqual(["model_quantized.onnx"]);
    const answer = await program.run(["ask", SKILLED_WORKERS, "--index", "index"], { env });
    expect(answer.stdout).toContain("66.83%");
  });
});
