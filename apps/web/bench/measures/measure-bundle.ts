import { gzipSync } from "node:zlib";
import { type Measurement, measurement } from "../../../../packages/store/bench/measurement.ts";
import { buildSyncPage } from "../../e2e/sync/build-sync-page.ts";

const LIMIT_BYTES = 12_000;

/** The engine as a page loads it, without the contracts that the page has anyway. Parts that few pages load are apart. */
export async function measureBundle(): Promise<Measurement[]> {
  const scripts = await buildSyncPage({
    entry: new URL("../bundle-entry.ts", import.meta.url),
    base: "/",
    external: [/^@safelight\/shared/],
  });
  const bytes = gzipSync(scripts.get("/client.js") ?? "", { level: 9 }).byteLength;
  return [
    measurement({
      measure: "sync package, minified and gzipped",
      value: bytes,
      unit: "B",
      ratio: LIMIT_BYTES / bytes,
      atLeast: 1,
    }),
  ];
}
