import type { AskFigures, Quality } from "./measure.ts";
import { bySize, count, type Line, linesOf, type Results, type Row, TITLES, USES } from "./rows.ts";

/** All figures in Markdown. */
export function writeReport(results: Results): string {
  const { name, date, commit, model, node, machine, mass, questions, peers, rows } = results;
  const asked = Object.entries(questions).map(([group, count]) => `${count} of ${group}`);
  const sizes = bySize(rows);
  const base = rows.find(({ ask }) => ask)?.ask?.baseMb;
  return [
    `# Wenbao beside others: ${name}\n`,
    `Made by \`npm run bench\` on ${date} at commit ${commit} with the model ${model}; Node ${node}, ${machine}.`,
    `Questions: ${asked.join(", ")}. Searched are the articles of these sets, then ` +
      `${mass === null ? "" : `those of ${mass}, then `}random sentences of ${mass ?? "the shipped articles"}.\n`,
    "Every system gets the same passages (Wenbao's, each with its article's title), the same model for its vectors and the same folded jieba words for its terms, and is asked for 50 passages; an article's rank is that of its best. Each is built in one process and asked in another. Times of questions include their embedding; building includes embedding and saving; opening does not include the model, which is the same for all. " +
      `Resident is what the asking process holds after all questions${base === undefined ? "" : `, of which ${base.toFixed(0)} MB are Node and the code of Wenbao and the embedding library`}.\n`,
    ...sizes.map(([size, group]) => sizeTable(size, group)),
    aheadTable(sizes),
    growthTable(sizes),
    answerTable(sizes),
    groupTable(sizes, Object.keys(questions)),
    "## How they are used\n",
    ...["exact", ...Object.keys(peers)].map(
      (peer) => `- **${TITLES[peer]}**${peers[peer] ? ` (${peers[peer]})` : ""}: ${USES[peer]}`,
    ),
    "",
  ].join("\n");
}

function sizeTable(size: number, rows: readonly Row[]): string {
  const lines = linesOf(rows);
  const failures = rows.filter(({ failure }) => failure !== undefined);
  const unsaved = rows.filter(
    ({ peer, build, failure }) => build?.notSaved && !failure && peer !== "langchain",
  );
  return [
    `## ${count(size)} passages\n`,
    ...(rows[0]!.passages === size ? [] : [`${count(rows[0]!.passages)}, in whole articles.\n`]),
    table(
      [
        "system",
        "recall@1",
        "recall@5",
        "nDCG@10",
        "p50, ms",
        "p95",
        "p99",
        "build, s",
        "open, s",
        "resident, MB",
        "disk, MB",
      ],
      lines.map(({ title, quality, latency, build, ask, diskMb }) => [
        title,
        percent(quality?.["recall@1"]),
        percent(quality?.["recall@5"]),
        percent(quality?.["ndcg@10"]),
        number(latency?.p50),
        number(latency?.p95),
        number(latency?.p99),
        number(build && build.ms / 1000),
        number(ask && ask.openMs / 1000),
        ask?.residentMb.toFixed(0) ?? "–",
        number(diskMb),
      ]),
    ),
    ...failures.map(({ peer, failure }) => `${TITLES[peer] ?? "Wenbao"} did not finish: ${failure}.\n`),
    ...unsaved.map(
      ({ peer, build }) =>
        `${TITLES[peer]} could not be saved (${build!.notSaved}): opening builds it anew.\n`,
    ),
  ].join("\n");
}

/** Whoever does better than Wenbao's search, in whatever. */
function aheadTable(sizes: ReturnType<typeof bySize>): string {
  const better = {
    "recall@1": ({ quality }: Line) => quality?.["recall@1"],
    "recall@5": ({ quality }: Line) => quality?.["recall@5"],
    "nDCG@10": ({ quality }: Line) => quality?.["ndcg@10"],
    "median time of search": ({ latency }: Line) => latency && -latency.p50,
    "99th percentile": ({ latency }: Line) => latency && -latency.p99,
    "time to build": ({ build }: Line) => build && -build.ms,
    "time to open": ({ ask }: Line) => ask && -ask.openMs,
    "resident memory": ({ ask }: Line) => ask && -ask.residentMb,
    "size on disk": ({ diskMb }: Line) => diskMb && -diskMb,
  };
  return [
    "## Who is ahead of Wenbao\n",
    table(
      ["", ...sizes.map(([size]) => count(size))],
      Object.entries(better).map(([figure, value]) => [
        figure,
        ...sizes.map(([, rows]) => {
          const lines = linesOf(rows);
          const own = value(lines.find(({ title }) => title === "Wenbao, search")!);
          const ahead = lines.filter((line) => line.peer !== "wenbao" && (value(line) ?? Number.NaN) > own!);
          return own === undefined ? "–" : ahead.map(({ title }) => title).join(", ") || "none";
        }),
      ]),
    ),
  ].join("\n");
}

/** Each figure at each size as a multiple of that at the smallest. */
function growthTable(sizes: ReturnType<typeof bySize>): string {
  const [first, ...others] = sizes.map(([, rows]) => linesOf(rows));
  if (!first || others.length === 0) return "";
  const growths = {
    p50: ({ latency }: Line) => latency?.p50,
    p99: ({ latency }: Line) => latency?.p99,
    build: ({ build }: Line) => build?.ms,
    open: ({ ask }: Line) => ask?.openMs,
    resident: ({ ask }: Line) => ask?.residentMb,
    disk: ({ diskMb }: Line) => diskMb,
  };
  return [
    "## How they grow\n",
    `Multiples of the figures at ${count(sizes[0]![0])} passages, at ${sizes
      .slice(1)
      .map(([size]) => count(size))
      .join(" and at ")}.\n`,
    table(
      ["system", ...Object.keys(growths)],
      first.map((line, i) => [
        line.title,
        ...Object.values(growths).map((value) =>
          others.map((lines) => ratio(value(lines[i]!), value(line))).join(" / "),
        ),
      ]),
    ),
  ].join("\n");
}

/** Wenbao's whole answer as multiples of a plain scan's time in the same run, and what the graph gains. */
function answerTable(sizes: ReturnType<typeof bySize>): string {
  const asked = (rows: readonly Row[], name: string): AskFigures | undefined =>
    rows.find(({ peer }) => peer === name)?.ask;
  const smallest = sizes[0] && asked(sizes[0][1], "wenbao")?.answer?.p50;
  return [
    "## The whole answer beside a scan of the vectors alone\n",
    "The scan is of the questions' vectors, without embedding them.\n",
    table(
      [
        "passages",
        "scan p50, ms",
        "scan p99",
        "answer p50 ÷ scan p50",
        "answer p99 ÷ scan p50",
        "answer p50 ÷ at the smallest size",
        "HNSW ÷ exact, time",
        "HNSW recall@10",
      ],
      sizes.map(([size, rows]) => {
        const [scan, wenbao] = [asked(rows, "exact")?.scan, asked(rows, "wenbao")];
        return [
          count(size),
          number(scan?.p50),
          number(scan?.p99),
          ratio(wenbao?.answer?.p50, scan?.p50),
          ratio(wenbao?.answer?.p99, scan?.p50),
          ratio(wenbao?.answer?.p50, smallest),
          ratio(wenbao?.hnsw?.time, 1),
          percent(wenbao?.hnsw?.["recall@10"]),
        ];
      }),
    ),
  ].join("\n");
}

function groupTable(sizes: ReturnType<typeof bySize>, groups: readonly string[]): string {
  if (groups.length < 2) return "";
  return [
    "## By set and language\n",
    "recall@1 / recall@5 / nDCG@10.\n",
    ...sizes.map(([size, rows]) =>
      table(
        [`${count(size)} passages`, ...groups],
        linesOf(rows).flatMap(({ title, quality, ask }) =>
          quality === undefined
            ? []
            : [
                [
                  title,
                  ...groups.map((group) => {
                    const figures = ask?.byGroup[group];
                    return ["recall@1", "recall@5", "ndcg@10"]
                      .map((name) => percent(figures?.[name as keyof Quality]))
                      .join(" / ");
                  }),
                ],
              ],
        ),
      ),
    ),
  ].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, i) => (i === 0 ? "---" : "--:"));
  return `${[head, rule, ...rows].map(line).join("\n")}\n`;
}

function percent(share: number | undefined): string {
  return share === undefined ? "–" : (share * 100).toFixed(1);
}

function number(value: number | undefined): string {
  if (value === undefined) return "–";
  return value.toFixed(value < 1 ? 2 : value < 100 ? 1 : 0);
}

function ratio(value: number | undefined, base: number | undefined): string {
  return value === undefined || base === undefined ? "–" : (value / base).toFixed(value < 10 * base ? 2 : 0);
}
