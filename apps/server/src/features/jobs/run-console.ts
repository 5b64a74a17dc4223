import type { RemoteRun } from "@safelight/providers";
import { StoreError } from "@safelight/store";
import type { JobDrive } from "./job-drive.ts";

/** Puts what a run wrote on its console since the last time into the job's log. Costs the run nothing when it fails. */
export async function copyConsole(drive: JobDrive, remote: RemoteRun): Promise<void> {
  const { provider, store, jobId, signal, log, now } = drive;
  if (provider.readLines === undefined) return;
  try {
    drive.nextLine ??= await nextLineOf(drive);
    const { lines, next } = await provider.readLines(remote, drive.nextLine, signal);
    if (lines.length > 0) {
      const at = new Date(now()).toISOString();
      await store.logs.append(jobId, { at, kind: "console", lines: [...lines], next });
    }
    drive.nextLine = next;
  } catch (error) {
    if (signal.aborted || error instanceof StoreError) return;
    log.warn({ jobId, error }, "the console of a run could not be read");
  }
}

/** Where an earlier process stopped reading, as the log tells. */
async function nextLineOf({ store, jobId }: JobDrive): Promise<number> {
  let next = 0;
  for (let offset = 0; ;) {
    const page = await store.logs.read(jobId, offset);
    for (const line of page.lines) {
      if (line["kind"] === "console" && typeof line["next"] === "number") next = line["next"];
    }
    if (page.nextOffset === offset || page.nextOffset >= page.size) return next;
    offset = page.nextOffset;
  }
}
