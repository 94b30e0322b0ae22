/** See faulty-fs.mjs. */
export type FaultKind = "ENOSPC" | "EIO" | "short" | "full" | "before" | "half" | "after";

export interface Fault {
  /** A folder, absolute; nothing that lies elsewhere is a step. */
  readonly under: string;
  /** The number of the step that fails or is the last, from 1; by default none is. */
  readonly at?: number;
  readonly kind?: FaultKind;
}

/** Sets the fault of this process, or none, and gives the steps since the last call: "rename corpus/a.md". */
export function setFault(next: Fault | undefined): readonly string[];

/** Resolves when the fault has ended what is under way. */
export function untilDead(): Promise<void>;
