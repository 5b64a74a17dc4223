import { FetchError, refusalOf } from "./fetch-error.ts";

/** Reads JSON of the studio's server. Throws `FetchError`. */
export async function fetchJson(path: string, signal?: AbortSignal): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, { headers: { accept: "application/json" }, ...(signal && { signal }) });
  } catch (cause) {
    throw new FetchError(0, "The server cannot be reached.", { cause });
  }
  if (!response.ok) throw refusalOf(response.status, await response.json().catch(() => undefined));
  try {
    const answer: unknown = await response.json();
    return answer;
  } catch (cause) {
    if (cause instanceof SyntaxError)
      throw new FetchError(502, "The answer is not what was asked for.", { cause });
    // Stopped by whoever asked, or by the network.
    throw new FetchError(0, "The answer of the server was cut off.", { cause });
  }
}
