/** Which call of a provider's API a fake server misbehaves at. */
export type FakeCall = "upload" | "submit" | "poll" | "cancel" | "results" | "artifact";

/** What goes wrong. Billing follows what the real provider would have done: `drop-after-accept` is billed. */
export type Misbehaviour =
  | { readonly do: "drop-before-accept" }
  /** `afterMs`: how long the work is taken before the connection breaks. */
  | { readonly do: "drop-after-accept"; readonly afterMs?: number }
  | { readonly do: "status"; readonly status: number; readonly retryAfterS?: number }
  | { readonly do: "delay"; readonly ms: number }
  /** Stands still until `release`, whoever has gone meanwhile. */
  | { readonly do: "hold" }
  | { readonly do: "truncate" | "wrong-content-type" | "not-json" | "expired" | "redirect-to-private" }
  | { readonly do: "lose-result" | "never-finish" | "fail" };

/** One line of a fake's own bill. */
export interface BilledRun {
  readonly runId: string;
  readonly usd: number;
}

/** What every fake provider has in common. Each speaks real HTTP on a loopback port of its own. */
export interface FakeServer {
  /** Base address, without a slash at the end. */
  readonly url: string;
  /** Settings for an adapter that shall talk to it: addresses and a key that it accepts. */
  readonly settings: Readonly<Record<string, string>>;
  /** Everything it has charged for, in order. */
  bill(): readonly BilledRun[];
  /** Paid submits that reached it, whatever became of them. */
  submits(): number;
  /** The next `times` calls (1 when left out; `Infinity` for all) of that kind go wrong in that way, first come, first served. */
  misbehave(call: FakeCall, what: Misbehaviour, times?: number): void;
  /** Milliseconds that a run takes; a few when left out at creation. */
  setRunMs(ms: number): void;
  /** Makes every run stand still at a share of its way, 0 to 1; with `undefined` they go by the clock again. */
  holdRuns(share: number | undefined): void;
  /** Lets the calls go on that are held; those that were to be held and have not come are not. */
  release(): void;
  close(): Promise<void>;
}
