/**
 * What happens to a call in place of an answer. `drop` cuts the connection before anything is done, `drop-after`
 * when all is done and only the answer is missing; of a download it cuts the second half off.
 */
export type Fault =
  | { readonly kind: "drop" | "drop-after" }
  | {
      readonly kind: "error";
      readonly code: number;
      readonly description: string;
      readonly retryAfterS?: number;
    };

export const FAULTS = {
  drop: { kind: "drop" },
  dropAfter: { kind: "drop-after" },
  serverError: { kind: "error", code: 500, description: "Internal Server Error" },
  cannotParse: { kind: "error", code: 400, description: "Bad Request: can't parse entities: here" },
  blocked: { kind: "error", code: 403, description: "Forbidden: bot was blocked by the user" },
  conflict: {
    kind: "error",
    code: 409,
    description:
      "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
  },
  queryTooOld: {
    kind: "error",
    code: 400,
    description: "Bad Request: query is too old and response timeout expired or query ID is invalid",
  },
} as const satisfies Record<string, Fault>;

export const flood = (retryAfterS: number): Fault => ({
  kind: "error",
  code: 429,
  description: `Too Many Requests: retry after ${retryAfterS}`,
  retryAfterS,
});
