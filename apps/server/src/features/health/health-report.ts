import type { StoreHealth } from "@safelight/store";
import { SERVER_VERSION } from "../../version.ts";
import type { HealthReport } from "./health-report-schema.ts";

/** The whole server's health, of which the store's is the part that can fail. */
export function healthReport(store: StoreHealth, uptimeSeconds: number): HealthReport {
  return {
    status: store.state === "ok" ? "ok" : "degraded",
    version: SERVER_VERSION,
    uptimeSeconds,
    store: { ...store, findings: [...store.findings] },
  };
}
