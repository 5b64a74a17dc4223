import { epochOf, parseCursor, type SnapshotRecord } from "@safelight/shared";
import { blobReferences } from "../core/blob-references.ts";
import { markConflicts } from "../core/conflict-marks.ts";
import { packKey } from "../core/pack-order.ts";
import { isRecord } from "../core/parse-answer.ts";
import type { SnapshotMark, SyncState } from "../core/sync-state.ts";
import { baseKeyOf, type OutboxRow } from "../core/outbox-row.ts";
import type { Tables, UploadRow } from "../ports.ts";
import { TransportError } from "../transport-error.ts";
import { lettingGo } from "./apply-feed.ts";
import { sweep } from "./sweep.ts";
import type { Delta } from "./delta.ts";
import type { LeaderContext } from "./leader.ts";
import { ackedEntry } from "./push-step.ts";

/** Records per transaction: the first few at once, for the eye. */
const FIRST_SLICE = 100;
const SLICE = 500;

/**
 * Replaces the base by the server's state, newest first, in slices that are each usable: a crash or a cut resumes where
 * it stopped. The cursor moves, and records that are no more go, when the last line has arrived.
 */
export async function takeSnapshot(
  context: LeaderContext,
  options: { readonly anew?: boolean } = {},
): Promise<void> {
  const { mirror, transport, signal } = context;
  if (options.anew === true || mirror.state().snapshot === undefined) await begin(context);
  let slice: SnapshotRecord[] = [];
  let sliceSize = FIRST_SLICE;
  /** Where this one stands. Another leader may have gone on with it, or begun another. */
  let place = placeOf(mirror.state().snapshot);
  const keepSlice = async () => {
    place = await keep(context, slice, place);
    slice = [];
  };
  const before = mirror.state().snapshot?.before;
  for await (const line of transport.snapshot(before, signal)) {
    if (signal.aborted) break;
    if (line.type === "head") {
      const begun = epochOf(mirror.state().snapshot?.cursor);
      if (begun !== undefined && begun !== epochOf(line.cursor)) {
        await begin(context);
        throw new TransportError("snapshot-needed", "The studio was restored during the snapshot.");
      }
      if (begun === undefined) await mark(context, place, line.cursor);
    } else if (line.type === "record") {
      slice.push(line);
      if (slice.length < sliceSize) continue;
      await keepSlice();
      sliceSize = SLICE;
    } else {
      await keepSlice();
      await context.pushGate(() => finish(context, place));
      return;
    }
  }
  await keepSlice();
  throw new TransportError("offline", "The snapshot was cut off.");
}

async function begin({ mirror }: LeaderContext): Promise<void> {
  await mirror.commit(["base", "packs"], async (tables, state) => {
    const held = [...(await tables.base.page({ limit: 1 })), ...(await tables.packs.page({ limit: 1 }))];
    const generation = (state.snapshot?.generation ?? state.generation) + 1;
    return { state: { snapshot: { generation, packs: 0, fresh: held.length === 0 } } };
  });
}

async function mark({ mirror }: LeaderContext, place: string, cursor: string): Promise<void> {
  await mirror.commit([], async (_tables, { snapshot }) =>
    snapshot === undefined || placeOf(snapshot) !== place
      ? undefined
      : { state: { snapshot: { ...snapshot, cursor } } },
  );
}

/** Of a snapshot under way: which one, and how far it is. */
function placeOf(mark: SnapshotMark | undefined): string {
  return mark === undefined ? "" : `${mark.generation}:${mark.packs}`;
}

/** Answers the place after it; rejects when another leader has moved it. */
async function keep(
  { mirror }: LeaderContext,
  slice: readonly SnapshotRecord[],
  place: string,
): Promise<string> {
  const last = slice.at(-1);
  if (last === undefined) return place;
  const kept = await mirror.commit(
    ["base", "packs", "outbox", "acked"],
    async (tables, { snapshot, cursor, conflicts = {} }) => {
      if (snapshot === undefined || placeOf(snapshot) !== place) return undefined;
      const records = slice.flatMap(({ collection, record, seq }) =>
        isRecord(record) ? [{ collection, record, seq }] : [],
      );
      const seqs = new Map(records.map(({ collection, record, seq }) => [`${collection}/${record.id}`, seq]));
      // What an older snapshot's changes said of these records does not stand above this one.
      const covered = snapshot.fresh ? [] : (await tables.base.keys()).filter((key) => seqs.has(key));
      const pack = { records: records.map(({ collection, record }) => ({ collection, record })) };
      const epoch = epochOf(snapshot.cursor);
      // A record as of a later place holds what these rows did.
      const held = mirror.view.rows().filter(({ mutation, acked }) => {
        const seq = acked?.epoch === epoch ? seqs.get(baseKeyOf(mutation)) : undefined;
        return acked !== undefined && seq !== undefined && acked.seq <= seq;
      });
      return {
        state: {
          snapshot: { ...snapshot, before: last.seq, packs: snapshot.packs + 1 },
          conflicts: markConflicts(conflicts, slice.map(changeSince(epoch, cursor))),
        },
        base: { drop: covered },
        packs: { put: [[packKey(snapshot.generation, snapshot.packs), pack]] },
        ...(held.length === 0
          ? {}
          : { outbox: { drop: held.map(({ n }) => n) }, acked: { put: held.map(ackedEntry) } }),
      };
    },
    { mode: "cache" },
  );
  return placeOf((kept ?? moved()).state.snapshot);
}

/** A record of a snapshot as a change, with its conflict when this device has not been told of it before. */
function changeSince(epoch: string | undefined, cursorText = "") {
  const held = parseCursor(cursorText);
  const known = held?.epoch === epoch ? (held?.seq ?? 0) : 0;
  return ({ seq, collection, record, conflict }: SnapshotRecord) => {
    const told = isRecord(record) ? { seq, collection, id: record.id, record } : { seq, collection, id: "" };
    return conflict === undefined || (conflict.seq ?? seq) <= known ? told : { ...told, conflict };
  };
}

function moved(): never {
  throw new TransportError("server", "Another tab has gone on with the snapshot.");
}

async function finish({ mirror, pushAlarm, uploadAlarm }: LeaderContext, place: string): Promise<void> {
  const done = await mirror.commit(
    ["base", "packs", "outbox", "acked", "uploads", "blobs"],
    async (tables, state): Promise<Delta | undefined> => {
      const { snapshot } = state;
      if (snapshot?.cursor === undefined || placeOf(snapshot) !== place) return undefined;
      const swept = snapshot.fresh ? { base: {} } : await sweep(tables, snapshot.generation);
      const epoch = epochOf(snapshot.cursor);
      const moved: Pick<SyncState, "cursor" | "epoch" | "generation"> = {
        cursor: snapshot.cursor,
        ...(epoch === undefined ? {} : { epoch }),
        generation: snapshot.generation,
      };
      const resend = await resendDelta(tables, state, snapshot.cursor);
      const rows = (await tables.outbox.page()).map(([, row]) => row);
      const done = lettingGo(rows, snapshot.cursor);
      return {
        state: moved,
        unset: ["snapshot"],
        ...swept,
        outbox: { ...done.outbox, ...resend.outbox },
        acked: { ...done.acked, ...resend.acked },
        uploads: resend.uploads ?? {},
      };
    },
  );
  if (done === undefined) moved();
  pushAlarm.ring();
  uploadAlarm.ring();
}

/**
 * When the studio was restored to an earlier time: what it may have forgotten is queued again, under the old numbers.
 * What it still knows it answers as a duplicate; what it forgot is applied, in the old order.
 */
async function resendDelta(tables: Tables, state: SyncState, cursor: string): Promise<Delta> {
  const epoch = epochOf(cursor);
  const unsettled = (await tables.outbox.page())
    .map(([, row]) => row)
    .filter((row) => row.acked !== undefined && row.acked.epoch !== epoch);
  const moved = state.epoch !== undefined && state.epoch !== epoch;
  const acked = moved ? await tables.acked.page() : [];
  const rows: OutboxRow[] = [
    ...acked.map(([n, { mutation, atMs }]) => ({ n, mutation, atMs, sent: true })),
    ...unsettled.map(withoutAck),
  ];
  if (rows.length === 0) return {};
  const uploads = new Map<string, UploadRow>();
  for (const { mutation } of rows) {
    for (const sha256 of blobReferences(mutation.set)) {
      const blob = await tables.blobs.get(sha256);
      if (blob !== undefined) uploads.set(sha256, { sha256, sizeBytes: blob.bytes.size });
    }
  }
  return {
    outbox: { put: rows.map((row) => [row.n, row] as const) },
    acked: { drop: acked.map(([n]) => n) },
    uploads: { put: [...uploads] },
  };
}

function withoutAck(row: OutboxRow): OutboxRow {
  const { acked: _, ...open } = row;
  return open;
}
