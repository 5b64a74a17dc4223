import { isRecord } from "../http/is-record.ts";
import type { RemoteRun } from "../provider.ts";

/** The run that a webhook's body names in `field`. Nothing else of the body is believed. */
export function runInBody(rawBody: Uint8Array, field: string): RemoteRun | undefined {
  try {
    const body: unknown = JSON.parse(new TextDecoder().decode(rawBody));
    const id = isRecord(body) ? body[field] : undefined;
    return typeof id === "string" && id !== "" && id.length <= 200 ? { id } : undefined;
  } catch {
    // No JSON: nothing for us.
    return undefined;
  }
}
