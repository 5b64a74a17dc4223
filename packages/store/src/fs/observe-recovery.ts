import type { ScrubReport } from "../scrub.ts";
import type { Recovery } from "./recover.ts";

/** One thing that was seen in a data folder. `damage`: bytes are not what they should be, or not there. */
export interface Observation {
  readonly severity: "damage" | "note";
  readonly code: string;
  readonly message: string;
  readonly file?: string;
}

/** What a recovery would do, in words. `isHeld`: a studio is at work on the folder meanwhile. */
export function observationsOf(recovery: Recovery, isHeld: boolean): readonly Observation[] {
  const { journal, documents, salvaged, replayed } = recovery;
  const damage = (code: string, message: string, file: string): Observation => ({
    severity: "damage",
    code,
    message,
    file,
  });
  const note = (code: string, message: string, file: string): Observation => ({
    severity: "note",
    code,
    message,
    file,
  });
  const made = recovery.lostCommits
    ? "What they changed may be lost."
    : "The documents hold what they changed.";
  const torn = isHeld
    ? "ends within a commit, which the running studio may be writing"
    : "ends within a commit that nobody was told of; a start cuts it";
  return [
    ...journal.damaged.map(({ segment, firstSeq, lastSeq }) => {
      const commits = lastSeq === undefined ? `from ${firstSeq}` : `${firstSeq} to ${lastSeq}`;
      return damage("journal.damaged", `Commits ${commits} are damaged. ${made}`, segment);
    }),
    ...journal.torn.map(({ segment }) => note("journal.torn", `The journal ${torn}.`, segment)),
    ...journal.strays.map(({ segment }) =>
      note("journal.stray", "Its end was written after another process had taken the folder over.", segment),
    ),
    ...journal.refused.map((seq) =>
      damage("journal.refused", `Commit ${seq} holds what is not allowed.`, `commit ${seq}`),
    ),
    ...replayed.refused.map((words) =>
      damage("journal.refused", `It holds ${words} that cannot be read.`, "journal"),
    ),
    ...documents.flatMap(({ path, main, source }) => {
      if (salvaged.has(path)) {
        return damage(
          "document.salvaged",
          `It and its .backup are damaged; ${salvaged.get(path)} records can be read.`,
          path,
        );
      }
      const from = source === undefined ? "the journal" : "its .backup and the journal";
      if (main.kind === "damaged")
        return damage("document.damaged", `${main.reason}; a start rebuilds it from ${from}.`, path);
      if (main.kind === "edited")
        return note("document.edited", "Somebody edited it; a start takes the edit in.", path);
      if (main.kind === "missing" && (source !== undefined || replayed.behind.has(path)))
        return note("document.missing", `A start rebuilds it from ${from}.`, path);
      return [];
    }),
  ];
}

/** What is wrong with the blobs, in words. */
export function blobObservations(report: ScrubReport | undefined): readonly Observation[] {
  if (report === undefined) return [];
  const { missing, damaged, missingCount, damagedCount, unreferencedCount, unreferencedBytes } = report;
  const found: Observation[] = [];
  const add = (severity: Observation["severity"], code: string, message: string) =>
    found.push({ severity, code, message });
  for (const { sha256, records } of missing) {
    const names = records.map(({ collection, id }) => `${collection}/${id}`).join(", ");
    add("damage", "blob.missing", `${sha256} is named by ${names} and not here.`);
  }
  if (missingCount > missing.length)
    add("damage", "blob.missing", `${missingCount - missing.length} more are missing.`);
  for (const { sha256, state } of damaged) add("damage", "blob.damaged", `${sha256} is ${state}.`);
  if (damagedCount > damaged.length)
    add("damage", "blob.damaged", `${damagedCount - damaged.length} more are damaged.`);
  if (report.isHistoryUnread)
    add("damage", "history.damaged", "Part of the journal or of the history cannot be read.");
  if (unreferencedCount > 0) {
    add(
      "note",
      "blob.unreferenced",
      `${unreferencedCount} files (${unreferencedBytes} bytes) are named by nothing.`,
    );
  }
  return found;
}
