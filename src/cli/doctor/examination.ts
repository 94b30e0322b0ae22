/** One place at which the doctor looks. */
export type Examination = readonly [
  name: string,
  /** How bad it is where something is wrong. */
  otherwise: "warn" | "fail",
  /** Gives what there is; throws what is wrong and what to do, a line for each thing. */
  look: () => string | Promise<string>,
];

/** More are counted, not named. */
const NAMED = 5;

/** "a, b, c, d, e and 12 more". */
export function nameSome(names: readonly string[]): string {
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
