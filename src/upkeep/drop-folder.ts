/** A folder whose files become articles while the program runs. */
export interface DropFolder {
  /** Absolute. */
  readonly folder: string;
  /** Brings the corpus up to date with the folder. Never rejects: what cannot be done is logged. */
  sync(): Promise<void>;
}
