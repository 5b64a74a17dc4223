import { createHash } from "node:crypto";
import { SCHEMA_VERSION } from "@safelight/shared";

/** What a studio acknowledged to one writer, over all of its lives. */
export interface Acknowledged {
  /** The last state of each record: a count that only grows, and the revision that the studio answered, if it told one. */
  readonly records: Map<string, { readonly count: number; readonly rev: number | undefined }>;
  /** Places in the sequence that the studio said it had used for this writer, each once. */
  readonly seqs: number[];
  readonly blobs: string[];
}

/** Writes one thing after the other until its studio is gone. */
export interface BusyWriter {
  readonly acknowledged: Acknowledged;
  /** Resolves when the studio stops answering. `onAcknowledged` is called each time that it does. */
  writeUntilGone(url: string, onAcknowledged: () => void): Promise<void>;
}

const ANSWER_DEADLINE_MS = 30_000;

/** An answer that came; `undefined` when the studio died before it. */
async function send(url: string, method: string, body: string, type = "application/json"): Promise<unknown> {
  let response: Response;
  try {
    const signal = AbortSignal.timeout(ANSWER_DEADLINE_MS);
    response = await fetch(url, { method, body, headers: { "content-type": type }, signal });
    const answer: unknown = await response.json();
    if (response.ok) return answer;
  } catch {
    // The connection died with the server: nothing was acknowledged.
    return undefined;
  }
  throw new Error(`${method} ${url} was answered with ${response.status}`);
}

const emptyAcknowledged = (): Acknowledged => ({ records: new Map(), seqs: [], blobs: [] });

/** A client with an outbox: what was not acknowledged is pushed again, by the same number, to the next life of the studio. */
export function createPushingWriter(name: string): BusyWriter {
  const acknowledged = emptyAcknowledged();
  const id = `style-${name}`;
  let n = 1;
  return {
    acknowledged,
    async writeUntilGone(url, onAcknowledged) {
      for (;;) {
        const set = { name: String(n), description: "d".repeat(n % 300) };
        const made = { n: n + 1, collection: "datasets", id: `dataset-${name}-${n}`, op: "create" };
        const mutations = [
          { n, collection: "styles", id, op: n === 1 ? "create" : "update", set },
          ...(n % 10 === 1 ? [{ ...made, set: { name: String(n) } }] : []),
        ];
        const answer = await send(
          `${url}/api/sync/push`,
          "POST",
          JSON.stringify({ clientId: `client-${name}`, schema: SCHEMA_VERSION, mutations }),
        );
        if (answer === undefined) return;
        const { results } = answer as { results: { status: string; seq: number }[] };
        const refused = results.find(({ status }) => status === "rejected");
        if (refused !== undefined) throw new Error(JSON.stringify(refused));
        if (results[0]?.status === "applied") acknowledged.seqs.push(results[0].seq);
        acknowledged.records.set(`styles/${id}`, { count: n, rev: undefined });
        if (mutations.length > 1) {
          acknowledged.records.set(`datasets/dataset-${name}-${n}`, { count: n, rev: 1 });
        }
        n += mutations.length;
        onAcknowledged();
      }
    },
  };
}

/** A script: one request for one change, and bytes now and then. What was not acknowledged is asked for once more, or not at all. */
export function createPatchingWriter(name: string): BusyWriter {
  const acknowledged = emptyAcknowledged();
  let count = 0;
  let id: string | undefined;

  async function putBlob(url: string): Promise<boolean> {
    const bytes = `bytes of ${name} at ${count}`;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const answer = await send(`${url}/api/blobs/${sha256}`, "PUT", bytes, "text/plain");
    if (answer !== undefined) acknowledged.blobs.push(sha256);
    return answer !== undefined;
  }

  return {
    acknowledged,
    async writeUntilGone(url, onAcknowledged) {
      for (;;) {
        count += 1;
        const set = { name: String(count), description: "d".repeat(count % 300) };
        const answer = await (id === undefined || count % 20 === 0
          ? send(`${url}/api/styles`, "POST", JSON.stringify({ id: `style-${name}-${count}`, ...set }))
          : send(`${url}/api/styles/${id}`, "PATCH", JSON.stringify(set)));
        if (answer === undefined) return;
        const changed = answer as { id: string; rev: number };
        id = changed.id;
        acknowledged.records.set(`styles/${id}`, { count, rev: changed.rev });
        onAcknowledged();
        if (count % 4 === 0 && !(await putBlob(url))) return;
      }
    },
  };
}
