import type { StoreUpkeep } from "@safelight/store";
import type { StorageReportBody } from "./storage-report-schema.ts";

/** Entries of each list in the answer. */
const MAX_LISTED = 100;

/** What the studio keeps now, and what the last whole scrub found. */
export async function reportStorage(
  store: Pick<StoreUpkeep, "storageReport" | "lastScrub">,
): Promise<StorageReportBody> {
  const [report, scrub] = await Promise.all([store.storageReport(), store.lastScrub()]);
  const { documents } = report;
  return {
    ...report,
    collections: [...report.collections],
    blobKinds: [...report.blobKinds],
    documents: documents.slice(0, MAX_LISTED),
    documentCount: documents.length,
    documentBytes: documents.reduce((sum, { sizeBytes, backupBytes }) => sum + sizeBytes + backupBytes, 0),
    ...(scrub !== undefined && {
      lastScrub: {
        ...scrub,
        missing: scrub.missing
          .slice(0, MAX_LISTED)
          .map((missing) => ({ ...missing, records: [...missing.records] })),
        damaged: scrub.damaged.slice(0, MAX_LISTED),
        unreferenced: scrub.unreferenced.slice(0, MAX_LISTED),
      },
    }),
  };
}
