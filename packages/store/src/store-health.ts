/** One thing that recovery or a later check found and did; shown to people as it is. */
export interface HealthFinding {
  readonly code: string;
  readonly at: string;
  /** Relative to the data folder. */
  readonly file?: string;
  readonly message: string;
}

/** State of the store, for `/health`, the log and the Data room. */
export interface StoreHealth {
  readonly state: "ok" | "read-only" | "closed";
  /** Why it is read-only, in words that say what to do. */
  readonly reason?: string;
  readonly epoch: string;
  readonly seq: number;
  readonly records: number;
  /** Newest durable commit, ISO time; absent in a new studio. */
  readonly savedAt?: string;
  /** What happened at open and since, newest last. */
  readonly findings: readonly HealthFinding[];
}
