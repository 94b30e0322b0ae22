/** What is asked of a run; a part takes what it knows. */
export interface TortureOptions {
  readonly kills: number;
  readonly chats: number;
  /** Updates sent in a second while there are kills or faults. */
  readonly rate: number;
  /** Of faults. */
  readonly minutes: number;
  /** Of the soak. */
  readonly questions: number;
  /** What waits at the start, for throughput and load. */
  readonly backlog: number;
  /** Updates and files of each kind that nobody would send. */
  readonly count: number;
  /** Of the steps at which the built program is killed while it changes articles, one in so many. */
  readonly everyth: number;
  readonly seed: number;
}

export interface PartPartners {
  readonly options: TortureOptions;
  /** Ends the part early; what was measured so far is told. */
  readonly signal: AbortSignal;
  /** One line about how far it is. */
  readonly tell: (line: string) => void;
}

/** One line of the table. */
export interface Row {
  readonly measure: string;
  readonly value: string;
  /** What it has to be, where it has to be anything. */
  readonly bar?: string;
  readonly isMet?: boolean;
}

/** One way to torture the program. */
export interface Part {
  readonly name: string;
  readonly summary: string;
  readonly run: (partners: PartPartners) => Promise<readonly Row[]>;
}

export function plain(measure: string, value: string | number): Row {
  return { measure, value: String(value) };
}

export function atMost(measure: string, value: number, most: number, unit = ""): Row {
  return row(measure, value, `at most ${most}${unit}`, value <= most, unit);
}

export function atLeast(measure: string, value: number, least: number, unit = ""): Row {
  return row(measure, value, `at least ${least}${unit}`, value >= least, unit);
}

function row(measure: string, value: number, bar: string, isMet: boolean, unit: string): Row {
  return { measure, value: `${Math.round(100 * value) / 100}${unit}`, bar, isMet };
}
