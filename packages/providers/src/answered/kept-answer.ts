import type { Charge, JobError, JsonObject } from "@safelight/shared";
import type { ProviderResult } from "../provider.ts";

/** The raw answer of a run whose submit carried the result, as it was kept. */
export interface KeptAnswer {
  readonly runId: string;
  /** What the adapter wrote down of the request before it left. */
  readonly request: JsonObject;
  readonly bytes: Uint8Array;
  /** `false` when the connection broke before the answer's end. */
  readonly isWhole: boolean;
}

/** What an adapter makes of a kept answer. */
export type Understood =
  | { readonly state: "succeeded"; readonly charge: Charge; readonly results: readonly ProviderResult[] }
  | { readonly state: "failed"; readonly charge: Charge; readonly error: JobError };
