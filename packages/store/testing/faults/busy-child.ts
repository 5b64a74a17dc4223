import { openFileStore } from "../../src/index.ts";
import { byServer, chunksOf } from "../contract/contract-store.ts";

/**
 * A process that is never at rest: 64 writers, each with a record of its own, documents written and the journal carried on all the
 * time. Tells what was acknowledged: `place <seq>` at the start, `saved <writer> <count> <seq>`, `blob <hash>`.
 * `node busy-child.ts <data folder> <first count>`
 */
const [dataDir = "", first = "0"] = process.argv.slice(2);
const store = await openFileStore({
  dataDir,
  checkpointQuietMs: 1,
  segmentBytes: 8 * 1024,
  carryBytes: 0,
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
    if (writer > 1 || count % 5 > 0) continue;
    const { sha256 } = await store.blobs.write(chunksOf(`bytes of ${writer} at ${count}`));
    tell(`blob ${sha256}`);
  }
}

await Promise.all(Array.from({ length: 64 }, (_, writer) => write(writer)));
