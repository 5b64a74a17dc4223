import { openFileStore } from "../../src/index.ts";
import { byServer, newJob } from "../contract/contract-store.ts";

/**
 * A process that writes until it is killed: 64 writers, each telling every acknowledged write on standard output as
 * `id seq`. Run as `node writing-process.ts <data folder> <round>`.
 */
const [dataDir = "", round = "0"] = process.argv.slice(2);
const store = await openFileStore({ dataDir, checkpointQuietMs: 10, segmentBytes: 64 * 1024 });

async function write(writer: number): Promise<never> {
  for (let count = 0; ; count += 1) {
    const id = `job-${round}-${writer}-${count}`;
    const { seq } = await store.commit(byServer([newJob(id, { prompt: "p".repeat(count % 300) })]));
    process.stdout.write(`${id} ${seq}\n`);
  }
}

await Promise.all(Array.from({ length: 64 }, (_, writer) => write(writer)));
