import { isJsonObject } from "@safelight/shared";

/** An answer that is not the one asked for. `status` is 0 when there was no answer at all. */
export class FetchError extends Error {
  override readonly name = "FetchError";
  readonly status: number;

  constructor(status: number, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.status = status;
  }
}

/** A refusal, in the server's own words where it gave some. */
export function refusalOf(status: number, answer: unknown): FetchError {
  const detail = isJsonObject(answer) ? answer["detail"] : undefined;
  return new FetchError(status, typeof detail === "string" ? detail : `The server answered ${status}.`);
}
