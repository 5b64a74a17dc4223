import Database from "better-sqlite3";
import type { JsonObject } from "@safelight/shared";
import path from "node:path";
import { jobId, jobRecord } from "../sample-job.ts";

/** SQLite with the promise that the store makes: on disk when it is acknowledged. */
export interface SqlitePeer {
  /** One transaction for one record. */
  readonly upsert: (id: string, record: JsonObject) => Promise<void>;
  /** The same for whoever waits at the moment: group commit by hand. */
  readonly upsertGrouped: (id: string, record: JsonObject) => Promise<void>;
  close(): void;
}

interface Waiting {
  readonly id: string;
  readonly json: string;
  readonly resolve: () => void;
}

/** Opens a table of `records` jobs: WAL, `synchronous=FULL`, and as much cache as it can use. */
export function openSqlitePeer(folder: string, records: number): SqlitePeer {
  const database = new Database(path.join(folder, "peer.sqlite"));
  database.exec(
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-262144; PRAGMA temp_store=MEMORY;" +
      "CREATE TABLE jobs (id TEXT PRIMARY KEY, json TEXT NOT NULL)",
  );
  const put = database.prepare(
    "INSERT INTO jobs (id, json) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET json = excluded.json",
  );
  database.transaction(() => {
    for (let at = 0; at < records; at += 1) put.run(jobId(at), JSON.stringify(jobRecord(at, 0)));
  })();
  const putAll = database.transaction((batch: readonly Waiting[]) => {
    for (const { id, json } of batch) put.run(id, json);
  });
  let waiting: Waiting[] = [];

  function flush(): void {
    const batch = waiting;
    waiting = [];
    putAll(batch);
    for (const { resolve } of batch) resolve();
  }

  return {
    upsert: async (id, record) => void put.run(id, JSON.stringify(record)),
    upsertGrouped(id, record) {
      return new Promise((resolve) => {
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ id, json: JSON.stringify(record), resolve });
      });
    },
    close: () => void database.close(),
  };
}
