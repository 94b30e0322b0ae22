/**
 * A failure that the operator can mend. The message says what happened, with the values in it, and what to do
 * next; it is shown as it stands, so it never holds a secret.
 */
export class AppError extends Error {
  override readonly name = "AppError";
}

/** Wrong usage of a command: exit code 2 in place of 1. */
export class UsageError extends AppError {}

/** One line about any thrown value. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, " ").trim();
}
