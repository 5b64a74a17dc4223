import { isJsonObject, type JsonObject } from "@safelight/shared";
import type { PostTarget, Unreadable } from "./core/found.ts";

const BATCH = 40;

/** The server was not there, or not in a state to take anything: to be tried again later. */
export class ServerAwayError extends Error {
  override readonly name = "ServerAwayError";
}

export interface PostedEntries {
  readonly taken: number;
  readonly refused: readonly Unreadable[];
}

/**
 * Posts entries to the older apps' own address of the server, which merges them by their ids: posting again changes
 * nothing. A batch that is refused is halved until the entry at fault stands alone. Throws `ServerAwayError`.
 */
export async function postEntries(
  to: PostTarget,
  entries: readonly JsonObject[],
  post: typeof fetch,
): Promise<PostedEntries> {
  let taken = 0;
  const refused: Unreadable[] = [];
  const waiting: (readonly JsonObject[])[] = [];
  for (let from = 0; from < entries.length; from += BATCH) waiting.push(entries.slice(from, from + BATCH));
  for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
    const reason = await postBatch(to, batch, post);
    const [alone] = batch;
    if (reason === undefined) taken += batch.length;
    else if (batch.length > 1) {
      const half = Math.ceil(batch.length / 2);
      waiting.unshift(batch.slice(0, half), batch.slice(half));
    } else if (alone !== undefined && to === "jobs" && typeof alone["result"] === "string") {
      // A damaged picture is no reason to lose what the job says.
      waiting.unshift([{ ...alone, result: null }]);
      refused.push({ place: placeOf(alone), reason: `${reason} The job was taken without its picture.` });
    } else refused.push({ place: placeOf(alone), reason });
  }
  return { taken, refused };
}

/** Why the batch was refused; `undefined` when it was taken. */
async function postBatch(
  to: PostTarget,
  batch: readonly JsonObject[],
  post: typeof fetch,
): Promise<string | undefined> {
  const [path, body] =
    to === "jobs" ? ["/api/save-jobs", { jobs: batch }] : ["/api/storage", { type: to, data: batch }];
  let response: Response;
  try {
    response = await post(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch (cause) {
    throw new ServerAwayError("The server was not reached.", { cause });
  }
  if (response.ok) return undefined;
  if (![400, 413, 415, 422].includes(response.status)) {
    throw new ServerAwayError(`The server answered ${response.status}.`);
  }
  const problem: unknown = await response.json().catch(() => undefined);
  // A page that is not the studio's says nothing about the entries.
  if (!isJsonObject(problem) || typeof problem["code"] !== "string") {
    throw new ServerAwayError(`The server answered ${response.status}.`);
  }
  return typeof problem["detail"] === "string"
    ? problem["detail"]
    : `The server answered ${response.status}.`;
}

function placeOf(entry: JsonObject | undefined): string {
  const name = entry?.["id"] ?? entry?.["modelName"];
  return typeof name === "string" ? name : "an entry";
}
