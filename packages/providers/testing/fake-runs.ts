import type { BilledRun, Misbehaviour } from "./fake-server.ts";

/** How a fake's run stands by its clock. */
export type FakeRunState = "queued" | "running" | "succeeded" | "failed" | "canceled";

/** A run that a fake took. `request` is whatever the fake needs to answer for it. */
export interface FakeRun<T> {
  readonly id: string;
  readonly request: T;
  readonly usd: number;
  readonly begunAt: number;
  readonly runMs: number;
  /** What goes wrong with it: `fail`, `never-finish`, `lose-result`, … */
  readonly fate: Misbehaviour["do"] | undefined;
  canceledAt?: number;
  /** Where it stands still, 0 to 1, whatever the clock says. */
  heldAt?: number;
}

export interface FakeRuns<T> {
  /** Takes a run: from here on it is billed, whatever the client hears of it. */
  begin(run: {
    readonly id: string;
    readonly request: T;
    readonly usd: number;
    readonly fate?: Misbehaviour | undefined;
  }): FakeRun<T>;
  get(id: string): FakeRun<T> | undefined;
  /** Newest first. */
  all(): readonly FakeRun<T>[];
  stateOf(run: FakeRun<T>): FakeRunState;
  /** Share of the run that is behind it, 0 to 1. */
  progressOf(run: FakeRun<T>): number;
  /** Makes a run stand still at a share of its way; below a quarter it is queued. */
  hold(id: string, share: number): void;
  /** `false` when it had ended. */
  cancel(run: FakeRun<T>): boolean;
  /** Runs that are charged for; those that failed or were canceled are not, unless the provider charges for them. */
  bill(): readonly BilledRun[];
}

export interface FakeRunsOptions {
  readonly runMs: () => number;
  readonly now: () => number;
  /** Where all of them stand still; left out, or `undefined`, the clock moves them. */
  readonly heldAt?: () => number | undefined;
  /** Whether a run that failed or was canceled is charged for. */
  readonly billsFailures: boolean;
}

/** The runs of a fake provider, which move by the clock alone. */
export function createFakeRuns<T>({ runMs, now, heldAt, billsFailures }: FakeRunsOptions): FakeRuns<T> {
  const runs = new Map<string, FakeRun<T>>();

  function progressOf(run: FakeRun<T>): number {
    const held = run.heldAt ?? heldAt?.();
    if (held !== undefined) return held;
    const share = run.runMs === 0 ? 1 : Math.min(1, (now() - run.begunAt) / run.runMs);
    return run.fate === "never-finish" ? Math.min(share, 0.5) : share;
  }

  function stateOf(run: FakeRun<T>): FakeRunState {
    if (run.canceledAt !== undefined) return "canceled";
    const progress = progressOf(run);
    if (progress < 0.25) return "queued";
    if (progress < 1) return "running";
    return run.fate === "fail" ? "failed" : "succeeded";
  }

  return {
    begin({ id, request, usd, fate }) {
      const run = { id, request, usd, begunAt: now(), runMs: runMs(), fate: fate?.do };
      runs.set(id, run);
      return run;
    },
    get: (id) => runs.get(id),
    all: () => [...runs.values()].toReversed(),
    stateOf,
    progressOf,
    hold(id, share) {
      const run = runs.get(id);
      if (run !== undefined) run.heldAt = share;
    },
    cancel(run) {
      const state = stateOf(run);
      if (state !== "queued" && state !== "running") return false;
      run.canceledAt = now();
      return true;
    },
    bill() {
      const charged = [...runs.values()].filter(
        (run) => billsFailures || !["failed", "canceled"].includes(stateOf(run)),
      );
      return charged.map(({ id, usd }) => ({ runId: id, usd }));
    },
  };
}
