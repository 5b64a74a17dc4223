import { isJsonObject } from "@safelight/shared";
import { FetchError } from "./fetch-error.ts";

/** The part of `GET /health` that the Data room shows. */
export interface Health {
  readonly version: string;
  readonly store: {
    readonly state: string;
    readonly reason?: string;
    readonly seq: number;
    readonly records: number;
    readonly savedAt?: string;
    readonly findings: readonly { readonly at: string; readonly message: string; readonly file?: string }[];
  };
}

/** Reads the answer of `GET /health`. Throws `FetchError` when it is something else. */
export function parseHealth(answer: unknown): Health {
  const store = isJsonObject(answer) ? answer["store"] : undefined;
  if (!isJsonObject(answer) || !isJsonObject(store))
    throw new FetchError(502, "The health report cannot be read.");
  const { state, reason, seq, records, savedAt, findings } = store;
  return {
    version: typeof answer["version"] === "string" ? answer["version"] : "",
    store: {
      state: typeof state === "string" ? state : "unknown",
      ...(typeof reason === "string" ? { reason } : {}),
      seq: typeof seq === "number" ? seq : 0,
      records: typeof records === "number" ? records : 0,
      ...(typeof savedAt === "string" ? { savedAt } : {}),
      findings: Array.isArray(findings) ? findings.flatMap(parseFinding) : [],
    },
  };
}

function parseFinding(finding: unknown): Health["store"]["findings"] {
  if (!isJsonObject(finding)) return [];
  const { at, message, file } = finding;
  if (typeof at !== "string" || typeof message !== "string") return [];
  return [{ at, message, ...(typeof file === "string" ? { file } : {}) }];
}
