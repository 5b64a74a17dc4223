import type { DamagedBlob, ScrubReport } from "../scrub.ts";

/** A client may still be sending the bytes of a record that changed as lately as this. */
const SENDING_MS = 60 * 60 * 1000;
/** Findings of one kind that are told one by one. */
const MAX_TOLD = 20;

export interface ScrubFinding {
  readonly code: "blob.damaged" | "blob.mended" | "blob.missing" | "history.unreadable";
  readonly message: string;
}

/** What a report says that a person should hear of. */
export function scrubFindings(report: ScrubReport): readonly ScrubFinding[] {
  const endedMs = Date.parse(report.endedAt);
  const missing = report.missing.filter(({ since }) => !(endedMs - Date.parse(since) < SENDING_MS));
  const findings: ScrubFinding[] = [
    ...report.damaged.slice(0, MAX_TOLD).map(damageFinding),
    ...missing.slice(0, MAX_TOLD).map(({ sha256, records }) => ({
      code: "blob.missing" as const,
      message: `The bytes ${sha256} are not here, though ${records.map(({ collection, id }) => `${collection}/${id}`).join(", ")} name them. Send the file again, or restore it from a backup.`,
    })),
  ];
  const untoldDamaged = report.damagedCount - Math.min(report.damaged.length, MAX_TOLD);
  if (untoldDamaged > 0) {
    findings.push({ code: "blob.damaged", message: `${untoldDamaged} more blobs were damaged.` });
  }
  const untoldMissing = Math.max(0, missing.length - MAX_TOLD);
  if (untoldMissing > 0) {
    findings.push({
      code: "blob.missing",
      message: `The bytes of ${untoldMissing} more references are not here.`,
    });
  }
  if (report.isHistoryUnread) {
    findings.push({
      code: "history.unreadable",
      message: "Part of the history could not be read, so no blob counts as unreferenced.",
    });
  }
  return findings;
}

function damageFinding({ sha256, state, copy }: DamagedBlob): ScrubFinding {
  const where = copy === undefined ? "" : ` What stood there is in ${copy}.`;
  if (state === "mended") {
    return {
      code: "blob.mended",
      message: `The bytes of ${sha256} were damaged; they are mended from a copy.${where}`,
    };
  }
  const what = state === "damaged" ? "are damaged" : "cannot be read";
  return {
    code: "blob.damaged",
    message: `The bytes of ${sha256} ${what} and there is no copy. Send the file again, or restore it from a backup.${where}`,
  };
}
