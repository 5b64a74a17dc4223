import { crc32 } from "node:zlib";
import type { HealthFinding } from "../store-health.ts";
import type { FsPort } from "./fs-port.ts";
import { hexOf } from "./journal-codec.ts";
import type { SetAside } from "./journal-reader.ts";
import { JOURNAL_FOLDER } from "./journal-writer.ts";
import { type Quarantine, QUARANTINE_FOLDER } from "./quarantine.ts";
import type { Recovery } from "./recover.ts";

type Note = (code: string, message: string, file?: string) => HealthFinding;

/**
 * Does on disk what a recovery decided: sets damaged things aside, cuts the torn tail, clears leftovers. Can be cut off
 * anywhere and done again. Resolves to whether acknowledged commits are newly known to be lost.
 */
export async function carryOutRecovery(
  fs: FsPort,
  recovery: Recovery,
  quarantine: Quarantine,
  note: Note,
): Promise<boolean> {
  const { journal, documents, salvaged } = recovery;
  let newLoss = false;
  for (const piece of journal.damaged) {
    const bytes = await bytesOfPiece(fs, piece);
    const name = `${pieceName(piece, bytes)}.damaged`;
    const known = (await fs.info(`${QUARANTINE_FOLDER}/${name}`)) !== undefined;
    const copy = await quarantine.keepBytes(name, bytes);
    const commits =
      piece.lastSeq === undefined ? `from ${piece.firstSeq}` : `${piece.firstSeq} to ${piece.lastSeq}`;
    const lost = recovery.lostCommits && !known;
    newLoss ||= lost;
    const effect = known
      ? "This was reported before."
      : lost
        ? "What they changed may be lost; clients are asked for what they have."
        : "The documents hold what they changed.";
    note("journal.damaged", `Commits ${commits} are damaged; a copy is in ${copy}. ${effect}`, piece.segment);
  }
  for (const [pieces, code, words] of [
    [journal.strays, "journal.stray", "was written after another process had taken the folder over"],
    [journal.torn, "journal.torn", "was being written when the process ended and had not been acknowledged"],
  ] as const) {
    for (const piece of pieces) {
      const bytes = await bytesOfPiece(fs, piece);
      const copy = await quarantine.keepBytes(`${pieceName(piece, bytes)}.cut`, bytes);
      note(code, `The end of the journal ${words}: it was cut; a copy is in ${copy}.`, piece.segment);
    }
    await cut(fs, pieces);
  }
  const alreadyCut = new Set([...journal.strays, ...journal.torn].map(({ segment }) => segment));
  for (const { segment, sizeBytes } of journal.rooms) {
    if (!alreadyCut.has(segment)) await truncate(fs, segment, sizeBytes);
  }
  for (const path of journal.leftovers) await fs.remove(path);
  if (journal.leftovers.length > 0) await fs.syncFolder(JOURNAL_FOLDER);
  if (journal.refused.length > 0) {
    note(
      "journal.refused",
      `Commits ${journal.refused.join(", ")} hold what is not allowed and were left out.`,
    );
  }
  for (const words of recovery.replayed.refused) {
    note("journal.refused", `The journal holds ${words} that cannot be read; it was left out.`);
  }

  for (const { path, main, backup, source } of documents) {
    if (salvaged.has(path)) {
      note(
        "document.salvaged",
        `${path} and its .backup are damaged; ${salvaged.get(path)} records were read line by line.`,
        path,
      );
      continue;
    }
    if (main.kind === "damaged") {
      const copy = await quarantine.moveFile(path);
      const from = source === undefined ? "the journal" : "its .backup and the journal";
      note(
        "document.damaged",
        `${path} is damaged (${main.reason}): rebuilt from ${from}. It is in ${copy}.`,
        path,
      );
    }
    if (main.kind === "edited") {
      const copy = await quarantine.copyFile(path);
      note("document.edited", `${path} was edited by hand; a copy is in ${copy}.`, path);
    }
    if (main.kind === "missing" && source !== undefined) {
      note("document.rebuilt", `${path} was missing: rebuilt from its .backup and the journal.`, path);
    }
    if (backup?.kind === "damaged" || backup?.kind === "edited") {
      const copy = await quarantine.moveFile(`${path}.backup`);
      note(
        "backup.damaged",
        `${path}.backup does not have its checksum; it is in ${copy}.`,
        `${path}.backup`,
      );
    }
  }
  for (const path of recovery.removed) {
    note("document.rebuilt", `${path} and its .backup were missing: rebuilt from the journal.`, path);
  }
  return newLoss;
}

/** Ends each segment before the first of its pieces; one of which nothing is left is removed. */
async function cut(fs: FsPort, pieces: readonly SetAside[]): Promise<void> {
  const starts = new Map<string, number>();
  for (const { segment, offset } of pieces) {
    starts.set(segment, Math.min(offset, starts.get(segment) ?? offset));
  }
  // From the last to the first: cut off half way, the rest still is a tail.
  for (const [segment, start] of [...starts].toReversed()) {
    if (start === 0) {
      await fs.remove(segment);
      await fs.syncFolder(JOURNAL_FOLDER);
      continue;
    }
    await truncate(fs, segment, start);
  }
}

async function truncate(fs: FsPort, path: string, sizeBytes: number): Promise<void> {
  const file = await fs.open(path, "write");
  try {
    await file.truncate(sizeBytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function bytesOfPiece(fs: FsPort, { segment, offset, lengthBytes }: SetAside): Promise<Buffer> {
  return (await fs.readFile(segment)).subarray(offset, offset + lengthBytes);
}

/** The same for the same damage, so that one that stays in place is kept and counted as new once. */
function pieceName({ segment, offset }: SetAside, bytes: Buffer): string {
  const name = segment.slice(JOURNAL_FOLDER.length + 1).replace(".ndjson", "");
  return `journal-${name}-${offset}-${hexOf(crc32(bytes))}`;
}
