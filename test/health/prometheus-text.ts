const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const LABEL = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*"`;
const NUMBER = String.raw`[+-]?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf)|NaN`;
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)?\\})? (${NUMBER})$`);
const DESCRIPTION = new RegExp(`^# (?:HELP (${NAME}) .+|TYPE (${NAME}) (counter|gauge|histogram|summary))$`);
/** What a name of a histogram or a summary ends with beside its own. */
const PARTS = /_(?:bucket|sum|count)$/;

/**
 * Every figure by its name and labels as they stand, read strictly from Prometheus' text format 0.0.4.
 *
 * @throws Error where a line is neither a description nor a figure, stands twice, or has no type before it.
 */
export function readPrometheusText(text: string): ReadonlyMap<string, number> {
  if (!text.endsWith("\n")) throw new Error("The last line has no end.");
  const types = new Map<string, string>();
  const figures = new Map<string, number>();
  for (const line of text.split("\n")) {
    if (line === "") continue;
    if (line.startsWith("#")) {
      const [, , typed, type] = DESCRIPTION.exec(line) ?? fail("no description", line);
      if (typed !== undefined && types.has(typed)) fail("typed twice", line);
      if (typed !== undefined) types.set(typed, type!);
      continue;
    }
    const [, name, labels = "", value] = SAMPLE.exec(line) ?? fail("no figure", line);
    const type = types.get(name!) ?? types.get(name!.replace(PARTS, "")) ?? fail("no type", line);
    const key = labels === "" ? name! : `${name}{${labels}}`;
    if (figures.has(key)) fail("stands twice", line);
    const number = Number(value!.replace("Inf", "Infinity"));
    if (type === "counter" && !(number >= 0)) fail("a count below zero", line);
    figures.set(key, number);
  }
  return figures;
}

function fail(what: string, line: string): never {
  throw new Error(`${what}: ${line}`);
}
