import type { CollectionName, JsonObject } from "@safelight/shared";
import type { CommitRequest, PlannedMutation, PlannedStep, Store, StepResult } from "../../src/index.ts";

/** A store under test. */
export interface ContractStore {
  readonly store: Store;
  /** Closes what is open and removes what was made. */
  readonly dispose: () => Promise<void>;
}

export type OpenContractStore = () => Promise<ContractStore>;

/** A commit of the server with its steps. */
export function byServer(steps: CommitRequest["steps"], options: Partial<CommitRequest> = {}): CommitRequest {
  return { by: "server", actor: "server", atomicity: "all", steps, ...options };
}

/** A push of one client. */
export function byClient(clientId: string, steps: CommitRequest["steps"]): CommitRequest {
  return { by: `client:${clientId}`, actor: "client", atomicity: "each", clientId, steps };
}

export function creation(collection: CollectionName, id: string, set: JsonObject = {}): PlannedMutation {
  return { op: "create", collection, id, set };
}

export function newJob(id: string, set: JsonObject = {}): PlannedMutation {
  return creation("jobs", id, { kind: "image", provider: "local", ...set });
}

export function newStyle(id: string, name = id): PlannedMutation {
  return creation("styles", id, { name });
}

export function edit(
  collection: CollectionName,
  id: string,
  set: JsonObject,
  more: Partial<PlannedMutation> = {},
): PlannedMutation {
  return { op: "update", collection, id, set, ...more };
}

/** Statuses, and codes of what was rejected, in the order of the steps. */
export function outcomes(results: readonly StepResult[]): readonly string[] {
  return results.map((result) => (result.status === "rejected" ? result.code : result.status));
}

export async function commitSteps(store: Store, ...steps: readonly PlannedStep[]) {
  return store.commit(byServer(steps));
}

/** All that a store shows, for comparing two of them: records by collection and id, with their `seq`. */
export function shownState(store: Store): Readonly<Record<string, string>> {
  const shown: Record<string, string> = {};
  for (const { collection, id, seq, json } of store.snapshot().records()) {
    shown[`${collection}/${id}`] = `${seq} ${json}`;
  }
  return shown;
}

export async function* chunksOf(...chunks: readonly (Uint8Array | string)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
}
