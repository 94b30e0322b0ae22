/**
 * What happens to a call in place of an answer. `drop` cuts the connection before anything is done, `drop-after`
 * when all is done and only the answer is missing; of a download it cuts the second half off. `stall` does nothing
 * and never answers; `slow` does all, later; `garbage` does nothing and answers with that.
 */
export type Fault =
  | { readonly kind: "drop" | "drop-after" | "stall" }
  | { readonly kind: "slow"; readonly ms: number }
  | { readonly kind: "garbage"; readonly body: string; readonly location?: string }
  | {
      readonly kind: "error";
      readonly code: number;
      readonly description: string;
      readonly retryAfterS?: number;
      readonly migratedTo?: number;
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

/** Of a group that has become a supergroup. */
export const upgraded = (migratedTo: number): Fault => ({
  kind: "error",
  code: 400,
  description: "Bad Request: group chat was upgraded to a supergroup chat",
  migratedTo,
});

/** Says what meets a call, as long as it is in force. */
export type Rule = (method: string, payload: Readonly<Record<string, unknown>>) => Fault | undefined;

export interface Faults {
  /** The next call of this method is met by this fault; called again, the one after it, and so on. */
  failNext(method: string, fault: Fault): void;
  /** Puts a rule in force; the function returned lifts it. */
  impose(rule: Rule): () => void;
  /** What meets this call: all that makes it slow, and the first of the other faults. */
  meet(method: string, payload: Readonly<Record<string, unknown>>): { slowMs: number; fault?: Hit };
  /** No getUpdates is answered, the one that is open neither; the function returned ends that for new ones. */
  stallPolls(): () => void;
  isStalled(method: string): boolean;
}

type Hit = Exclude<Fault, { kind: "slow" }>;

export function createFaults(): Faults {
  const coming = new Map<string, Fault[]>();
  const rules = new Set<Rule>();
  const stalls = new Set<Rule>();
  return {
    failNext(method, fault) {
      coming.set(method, [...(coming.get(method) ?? []), fault]);
    },

    impose(rule) {
      rules.add(rule);
      return () => rules.delete(rule);
    },

    meet(method, payload) {
      const met = [coming.get(method)?.shift(), ...[...rules].map((rule) => rule(method, payload))];
      const slowMs = met.reduce((sum, fault) => sum + (fault?.kind === "slow" ? fault.ms : 0), 0);
      const fault = met.find((one) => one !== undefined && one.kind !== "slow");
      return { slowMs, ...(fault ? { fault: fault as Hit } : {}) };
    },

    stallPolls() {
      const rule: Rule = (method) => (method === "getUpdates" ? { kind: "stall" } : undefined);
      rules.add(rule);
      stalls.add(rule);
      return () => {
        rules.delete(rule);
        stalls.delete(rule);
      };
    },

    isStalled: (method) => method === "getUpdates" && stalls.size > 0,
  };
}
