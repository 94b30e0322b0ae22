/**
 * A failure that the operator can mend. The message says what happened, with the values in it, and what to do
 * next; it is shown as it stands, so it never holds a secret.
 */
export class AppError extends Error {
  override readonly name = "AppError";
}

/** Wrong usage of a command: exit code 2 in place of 1. */
export class UsageError extends AppError {}

/** As `messageOf`; `fetch` tells what went wrong only in the cause of its error, and of several attempts only the code. */
export function reasonOf(error: unknown): string {
  const { cause } = error instanceof TypeError ? error : {};
  if (!(cause instanceof Error)) return messageOf(error);
  return messageOf(cause) || String((cause as NodeJS.ErrnoException).code);
}

/** One line about any thrown value. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, " ").trim();
}
