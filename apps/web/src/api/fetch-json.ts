/** An answer that is not the one asked for. `status` is 0 when there was no answer at all. */
export class FetchError extends Error {
  override readonly name = "FetchError";
  readonly status: number;

  constructor(status: number, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.status = status;
  }
}

/** Reads JSON of the studio's server. Throws `FetchError`. */
export async function fetchJson(path: string, signal?: AbortSignal): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, { headers: { accept: "application/json" }, ...(signal && { signal }) });
  } catch (cause) {
    throw new FetchError(0, "The server cannot be reached.", { cause });
  }
  if (!response.ok) throw new FetchError(response.status, `The server answered ${response.status}.`);
  const answer: unknown = await response.json();
  return answer;
}
