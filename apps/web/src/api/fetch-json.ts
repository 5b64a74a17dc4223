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
  const answer: unknown = await response.json();
  return answer;
}
