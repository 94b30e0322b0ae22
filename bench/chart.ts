import { bySize, count, type Line, linesOf, type Results } from "./rows.ts";

const MARGIN = 16;
const LABELS = 160;
const PANEL = 330;
const GAP = 56;
const TOP = 96;
const ROW = 34;
const WIDTH = MARGIN + LABELS + PANEL + GAP + PANEL + 2 * MARGIN;
/** From the smallest size to the largest. */
const SHADES = ["#9ecae1", "#4292c6", "#08306b"];

interface Scale {
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
}

/** A dot a size: how well each system ranks on the left, the median time of a question on the right. */
export function drawChart({ name, date, commit, machine, rows }: Results): string {
  const sizes = bySize(rows).map(([size, group]) => ({ size, lines: linesOf(group) }));
  const titles = sizes[0]!.lines.map(({ title }) => title);
  const bottom = TOP + titles.length * ROW;
  const middleOf = (row: number) => TOP + (row + 0.5) * ROW;
  const left = MARGIN + LABELS;
  const right = left + PANEL + GAP;

  const panel = (
    x: number,
    title: string,
    value: (line: Line) => number | undefined,
    scaleFor: typeof linear,
  ) => {
    const values = (row: number) => sizes.map(({ lines }) => lines[row] && value(lines[row]));
    const scale = scaleFor(titles.flatMap((_, row) => values(row)).filter((v) => v !== undefined));
    const tick = (at: number) => x + scale.place(at) * PANEL;
    return [
      text(x, TOP - 14, title),
      ...scale.ticks.map(
        (at) =>
          `<line x1="${round(tick(at))}" y1="${TOP}" x2="${round(tick(at))}" y2="${bottom}" stroke="#d0d7de"/>` +
          text(tick(at), bottom + 18, String(at), "middle"),
      ),
      ...titles.flatMap((_, row) => {
        const placed = values(row).map((v) => v && tick(v));
        const ends = placed.filter((v) => v !== undefined);
        const span = `<line x1="${round(Math.min(...ends))}" y1="${middleOf(row)}" x2="${round(Math.max(...ends))}" y2="${middleOf(row)}" stroke="#8c959f" stroke-width="2"/>`;
        return ends.length === 0 ? [] : [span, ...placed.map((v, i) => (v ? dot(v, middleOf(row), i) : ""))];
      }),
    ];
  };

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 60}" font-family="sans-serif" font-size="13" fill="#1f2328">`,
    `<rect width="${WIDTH}" height="${bottom + 60}" fill="#ffffff"/>`,
    `<text x="${MARGIN}" y="28" font-size="16" font-weight="bold">Wenbao beside others: ${name}</text>`,
    ...sizes.map(({ size }, i) => {
      const x = left + i * 150;
      return dot(x + 6, 54, i) + text(x + 18, 58, `${count(size)} passages`);
    }),
    ...titles.map((title, row) => {
      const own = title.startsWith("Wenbao");
      const band = `<rect y="${TOP + row * ROW}" width="${WIDTH}" height="${ROW}" fill="${own ? "#ddf4ff" : row % 2 ? "#ffffff" : "#f6f8fa"}"/>`;
      return band + text(MARGIN, middleOf(row) + 4, title);
    }),
    ...panel(left, "nDCG@10, %", ({ quality }) => quality && quality["ndcg@10"] * 100, linear),
    ...panel(right, "median time of a question, ms", ({ latency }) => latency?.p50, logarithmic),
    text(MARGIN, bottom + 46, `${date}, commit ${commit}, ${machine}`),
    "</svg>\n",
  ].join("\n");
}

/** Tens from below the least value to 100. */
function linear(values: readonly number[]): Scale {
  const least = Math.min(90, Math.floor(Math.min(...values) / 10) * 10);
  const step = 100 - least > 50 ? 20 : 10;
  const ticks = Array.from({ length: Math.floor((100 - least) / step) + 1 }, (_, i) => 100 - i * step);
  return { place: (value) => (value - least) / (100 - least), ticks };
}

/** Powers of ten around all values. */
function logarithmic(values: readonly number[]): Scale {
  const first = Math.floor(Math.log10(Math.min(...values)));
  const last = Math.max(first + 1, Math.ceil(Math.log10(Math.max(...values))));
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => Number(`1e${first + i}`));
  return { place: (value) => (Math.log10(value) - first) / (last - first), ticks };
}

/** Smaller for larger sizes, so that all are seen where they lie on each other. */
function dot(x: number, y: number, size: number): string {
  const shade = SHADES[size % SHADES.length];
  return `<circle cx="${round(x)}" cy="${y}" r="${Math.max(3, 8 - 2 * size)}" fill="${shade}" stroke="#ffffff"/>`;
}

function text(x: number, y: number, content: string, anchor = "start"): string {
  return `<text x="${round(x)}" y="${y}" text-anchor="${anchor}">${content.replace(/&/g, "&amp;").replace(/</g, "&lt;")}</text>`;
}

function round(value: number): string {
  return value.toFixed(1);
}
