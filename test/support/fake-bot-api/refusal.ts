/** What Telegram answers in place of a result. */
export class Refusal extends Error {
  readonly code: number;
  readonly retryAfterS: number | undefined;
  constructor(code: number, description: string, retryAfterS?: number) {
    super(description);
    this.code = code;
    this.retryAfterS = retryAfterS;
  }
}

export const badRequest = (reason: string): Refusal => new Refusal(400, `Bad Request: ${reason}`);
export const forbidden = (reason: string): Refusal => new Refusal(403, `Forbidden: ${reason}`);
