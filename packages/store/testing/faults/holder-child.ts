import { createInterface } from "node:readline";
import { openFileStore, StoreError } from "../../src/index.ts";
import { byServer } from "../contract/contract-store.ts";

/**
 * A process that holds a data folder and commits a style for each id it is given on standard input. Answers `open`, then
 * `done <id>` or `refused <code>`. `node holder-child.ts <data folder>`
 */
const store = await openFileStore({ dataDir: process.argv[2] ?? "" });
process.stdout.write("open\n");
for await (const id of createInterface({ input: process.stdin })) {
  try {
    await store.commit(byServer([{ op: "create", collection: "styles", id, set: { name: id } }]));
    process.stdout.write(`done ${id}\n`);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    process.stdout.write(`refused ${error.code}\n`);
  }
}
