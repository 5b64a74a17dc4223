import { rm, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { openFileStore, type Store, StoreError } from "../../src/index.ts";
import { byServer, chunksOf, newJob } from "../contract/contract-store.ts";

/**
 * Fills a tiny disk until commits are refused, frees some of it, goes on, and opens the folder again. Prints what happened
 * as JSON. `node small-disk-child.ts <folder on that disk>`
 */
const [mount = ""] = process.argv.slice(2);
const dataDir = path.join(mount, "data");
const filler = path.join(mount, "filler");
/** The filler leaves this much, and takes enough for the document that the journal becomes. */
const JOURNAL_ROOM_BYTES = 1_000_000;
const acknowledged: string[] = [];
const refused: string[] = [];
const options = { dataDir, checkpointQuietMs: 3_600_000 };

const store = await openFileStore(options);
await commit(store, "job-first");
await store.checkpoint();
const { bavail, bsize } = await statfs(mount);
await writeFile(filler, Buffer.alloc(bavail * bsize - JOURNAL_ROOM_BYTES));
const blobRefusal = await refusalOf(store.blobs.write(chunksOf(Buffer.alloc(4_000_000, 7))));
for (let at = 0; refused.length === 0 && at < 5000; at += 8) {
  await Promise.all(Array.from({ length: 8 }, (_, more) => commit(store, `job-${at + more}`)));
}
const checkpointRefusal = await refusalOf(store.checkpoint());
const stateWhenFull = store.health().state;
await rm(filler);
await commit(store, "job-after");
await store.checkpoint();
await store.close();

const after = await openFileStore(options);
const found = new Set([...after.scan("jobs")].map(({ id }) => id));
process.stdout.write(
  JSON.stringify({
    refused: [...new Set(refused)],
    blobRefusal,
    checkpointRefusal,
    stateWhenFull,
    acknowledged: acknowledged.length,
    lost: acknowledged.filter((id) => !found.has(id)),
    unasked: [...found].filter((id) => !acknowledged.includes(id)),
    goesOn: acknowledged.includes("job-after"),
    seq: after.cursor().seq,
    findings: after.health().findings.map(({ code }) => code),
  }),
);
await after.close();

async function commit(to: Store, id: string): Promise<void> {
  const code = await refusalOf(to.commit(byServer([newJob(id, { prompt: "p".repeat(4000) })])));
  if (code === undefined) acknowledged.push(id);
  else refused.push(code);
}

async function refusalOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof StoreError) return error.code;
    if (error instanceof Error && "code" in error) return String(error.code);
    throw error;
  }
}
