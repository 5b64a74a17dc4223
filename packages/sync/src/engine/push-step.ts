import { epochOf, SCHEMA_VERSION, type PushResponse } from "@safelight/shared";
import { isoTime } from "../core/fold-rows.ts";
import type { AckedRow, OutboxRow } from "../core/outbox-row.ts";
import { planPush, type PushPlan } from "../core/plan-push.ts";
import { attentionOf, isCaughtUp, planSettlement } from "../core/plan-settlement.ts";
import type { SyncState } from "../core/sync-state.ts";
import { TransportError } from "../transport-error.ts";
import type { Delta } from "./delta.ts";
import type { LeaderContext } from "./leader.ts";
import { isProvisional } from "./provisional-n.ts";

/** Most rows in one push while all is well. */
const FULL_BATCH = 500;
/** After this long without an answer the status stops saying "Saving". */
const SLOW_PUSH_MS = 2000;
/** How long the event stream may take to bring what was acknowledged. */
const EXPECT_CHANGES_MS = 1000;

interface FrozenPush {
  readonly plan: PushPlan;
  readonly clientId: string;
  readonly epoch: string | undefined;
}

/**
 * Sends what can be sent, once. A batch that the server refuses as a whole is halved until the row that it cannot take
 * stands alone, and that one goes to the attention list: nothing loops for ever and nothing is lost.
 */
export function createPushStep(context: LeaderContext): () => Promise<number | undefined> {
  const { mirror, transport, clock, links, signal } = context;
  let limit = FULL_BATCH;

  /** Marks the rows as sent before they are: their content stays as it is under their `n` from here on. */
  async function freeze(): Promise<FrozenPush | undefined> {
    let frozen: FrozenPush | undefined;
    await mirror.commit(["outbox", "uploads", "attention"], async (tables, state) => {
      const rows = (await tables.outbox.page()).map(([, row]) => row);
      const uploads = new Map(await tables.uploads.page());
      const plan = planPush({ rows, uploads, nextN: state.nextN, nowMs: clock.now(), limit });
      // As the disk has it: a tab that comes to lead may not have read yet in which epoch its numbers are known.
      frozen = { plan, clientId: state.clientId, epoch: state.epoch };
      return freezeDelta(plan, isoTime(clock.now()));
    });
    return frozen;
  }

  async function settle(sent: readonly OutboxRow[], response: PushResponse): Promise<void> {
    await mirror.commit(
      ["outbox", "attention", "acked"],
      async (tables, state) => {
        // From before a restoration, to a tab that was frozen: these rows are on their way to the restored studio again.
        if (state.epoch !== undefined && epochOf(response.cursor) !== state.epoch) return undefined;
        const nowIso = isoTime(clock.now());
        const held = await Promise.all(sent.map(({ n }) => tables.outbox.get(n)));
        const rows = held.filter((row) => row !== undefined);
        const { acked, attention } = planSettlement(rows, response, nowIso);
        const settled = mirror.view.rows().filter(({ n }) => !acked.some((row) => row.n === n));
        const done = [...settled, ...acked].filter((row) => isCaughtUp(row, state.cursor));
        const waiting = acked.filter((row) => !isCaughtUp(row, state.cursor));
        return {
          state: acked.length > 0 ? { savedAt: nowIso, ...firstEpoch(state, acked) } : {},
          outbox: {
            put: waiting.map((row) => [row.n, row] as const),
            drop: [...done, ...attention].map(({ n }) => n),
          },
          acked: { put: done.map(ackedEntry) },
          ...(attention.length > 0
            ? { attention: { put: attention.map((item) => [item.n, item] as const) } }
            : {}),
        };
      },
      { mode: "cache" },
    );
  }

  async function giveUp(row: OutboxRow, error: TransportError): Promise<void> {
    const item = attentionOf(row, error, isoTime(clock.now()));
    await mirror.commit(["outbox", "attention"], async (tables) =>
      (await tables.outbox.has(row.n))
        ? { outbox: { drop: [row.n] }, attention: { put: [[item.n, item]] } }
        : undefined,
    );
  }

  async function pushOnce(): Promise<number | undefined> {
    const frozen = await freeze();
    if (frozen === undefined || frozen.plan.send.length === 0) return frozen?.plan.waitMs;
    const { plan, clientId, epoch } = frozen;
    const cancelSlow = clock.after(SLOW_PUSH_MS, () => links.report("push", "server"));
    try {
      const response = await transport.push(
        {
          clientId,
          schema: SCHEMA_VERSION,
          ...(epoch === undefined ? {} : { epoch }),
          mutations: plan.send.map(({ n, mutation }) => ({ n, ...mutation })),
        },
        signal,
      );
      await settle(plan.send, response);
      links.report("push", undefined);
      limit = Math.min(FULL_BATCH, limit * 2);
      if (mirror.view.rows().some((row) => row.acked !== undefined)) {
        clock.after(EXPECT_CHANGES_MS, () => {
          if (mirror.view.rows().some((row) => row.acked !== undefined)) context.requestPull();
        });
      }
      return 0;
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      if (error.kind === "snapshot-needed") {
        // Whoever takes the snapshot rings when it is whole.
        context.requestPull();
        return undefined;
      }
      if (error.kind !== "refused") throw error;
      const [alone] = plan.send;
      if (plan.send.length > 1) limit = Math.max(1, Math.floor(plan.send.length / 2));
      else if (alone !== undefined) await giveUp(alone, error);
      return 0;
    } finally {
      cancelSlow();
    }
  }

  return async () => {
    const isOpen = (row: OutboxRow) => row.acked === undefined && !isProvisional(row.n);
    if (context.outdated.is || !mirror.view.rows().some(isOpen)) return undefined;
    return context.pushGate(pushOnce);
  };
}

function firstEpoch(state: SyncState, acked: readonly OutboxRow[]): { readonly epoch?: string } {
  const epoch = state.epoch ?? acked[0]?.acked?.epoch;
  return epoch === undefined ? {} : { epoch };
}

function freezeDelta(plan: PushPlan, nowIso: string): Delta | undefined {
  const fresh = plan.send.filter((row) => !row.sent);
  const { renumber, refused } = plan;
  if (fresh.length === 0 && renumber.length === 0 && refused.length === 0) return undefined;
  const attention = refused.map(({ row, upload }) =>
    attentionOf(row, { path: "/set", ...upload.refused }, nowIso),
  );
  return {
    state: { nextN: plan.nextN },
    outbox: {
      drop: [...renumber.map(({ from }) => from), ...refused.map(({ row }) => row.n)],
      put: [
        ...fresh.map((row) => [row.n, { ...row, sent: true }] as const),
        ...renumber.map(({ row }) => [row.n, row] as const),
      ],
    },
    ...(attention.length > 0 ? { attention: { put: attention.map((item) => [item.n, item] as const) } } : {}),
  };
}

export function ackedEntry(row: OutboxRow): readonly [number, AckedRow] {
  return [row.n, { mutation: row.mutation, atMs: row.atMs }];
}
