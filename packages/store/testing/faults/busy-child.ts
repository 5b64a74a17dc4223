import { once } from "node:events";
import { flushCompileCache } from "node:module";
import { openFileStore } from "../../src/index.ts";
import { byServer, chunksOf, newJob } from "../contract/contract-store.ts";

/**
 * A process that is never at rest: 64 writers, each with a record of its own, documents written, the journal carried on and the
 * history pruned all the time. Begins when it is told to, so that the next one can get ready while one works. Tells what was
 * acknowledged: `place <seq>` at the start, `saved <writer> <count> <seq>`, `job <id> <number> <seq>`, `blob <hash>`.
 * `node busy-child.ts <data folder> <first count>`, then a line on standard input.
 */
const [dataDir = "", first = "0"] = process.argv.slice(2);
// It will not live to do that at its end.
flushCompileCache();
await once(process.stdin, "data");
const store = await openFileStore({
  dataDir,
  checkpointQuietMs: 1,
  segmentBytes: 64 * 1024,
  carryBytes: 0,
  history: { maxBytes: 256 * 1024 },
});
tell(`place ${store.cursor().seq}`);

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function write(writer: number): Promise<never> {
  const id = `style-${writer}`;
  if (store.get("styles", id) === undefined) {
    await store.commit(byServer([{ op: "create", collection: "styles", id, set: { name: "0" } }]));
  }
  for (let count = Number(first); ; count += 1) {
    const set = { name: String(count), description: "d".repeat(count % 500) };
    const { seq } = await store.commit(byServer([{ op: "update", collection: "styles", id, set }]));
    tell(`saved ${writer} ${count} ${seq}`);
    if (writer > 3 || count % 5 > 0) continue;
    const { sha256 } = await store.blobs.write(chunksOf(`bytes of ${writer} at ${count}`));
    tell(`blob ${sha256}`);
    const job = `job-${writer}-${count}`;
    const created = await store.commit(byServer([newJob(job)]));
    tell(`job ${job} ${store.get("jobs", job)?.number} ${created.seq}`);
  }
}

await Promise.all(Array.from({ length: 64 }, (_, writer) => write(writer)));
