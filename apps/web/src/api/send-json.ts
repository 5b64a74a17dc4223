import { FetchError, refusalOf } from "./fetch-error.ts";

/** Asks the studio's server to do something. Throws `FetchError` with the server's own words where it gave some. */
export async function sendJson(
  path: string,
  body?: unknown,
  method: "POST" | "PUT" = "POST",
): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: {
        accept: "application/json",
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch (cause) {
    throw new FetchError(0, "The server gave no answer. Look whether it was done before you ask again.", {
      cause,
    });
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  throw refusalOf(response.status, answer);
}
