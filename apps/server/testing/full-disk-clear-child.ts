import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createMemoryStore, StoreError } from "@safelight/store";
import { createBackups } from "../src/backups/backups.ts";
import { createClearing } from "../src/features/clear/clearing.ts";

/** Tries to clear a studio whose backup does not fit on the disk, and prints what came of it as JSON. `node … <folder>` */
const [mount = ""] = process.argv.slice(2);
const folder = join(mount, "backups");
const now = () => new Date();
const store = createMemoryStore();
const noise = Buffer.alloc(2 * 1024 * 1024);
for (let at = 0; at < noise.length; at += 4) noise.writeInt32LE(Math.imul(at + 1, 0x9e3779b1) | 0, at);
const blob = await store.blobs.write(
  (async function* bytes() {
    yield noise;
  })(),
);
await store.commit({
  by: "test",
  actor: "server",
  atomicity: "all",
  steps: [{ collection: "contents", id: "content-1", op: "create", set: { blob: { ...blob } } }],
});
const clearing = createClearing({ store, backups: createBackups({ store, folder, now }), now });
const refusal = await clearing.clear().then(
  () => "none",
  (error: unknown) => (error instanceof StoreError ? error.code : String(error)),
);
const isLive = store.get("contents", "content-1")?.deletedAt === undefined;
process.stdout.write(JSON.stringify({ refusal, isLive, left: readdirSync(folder) }));
await store.close();
