import type { AnyRecord } from "@safelight/shared";
import { createView, type View, type ViewChange } from "../core/create-view.ts";
import { newSyncState, STATE_KEY, type SyncState } from "../core/sync-state.ts";
import {
  type Clock,
  type Storage,
  type TabHint,
  LASTING_TABLES,
  TABLE_NAMES,
  type TableName,
  type Tables,
  type Tabs,
  type UploadRow,
} from "../ports.ts";
import type { AttentionItem } from "../sync-client.ts";
import { readBase, readSince } from "./base-layers.ts";
import { createBaseMemory } from "./base-memory.ts";
import { type Delta, writeDelta } from "./delta.ts";
import { isProvisional } from "./provisional-n.ts";
import { createSerialQueue } from "./serial-queue.ts";
import { loadPages, readHot } from "./read-cache.ts";
import { HINT_TABLES, hintOf, readHint } from "./tab-hints.ts";
import { createVersionWatch } from "./version-watch.ts";
import { writeAnew } from "./write-anew.ts";

/** The database in this tab's memory. Storage first, then memory, then the other tabs: never in another order. */
export interface Mirror {
  readonly view: View;
  state(): SyncState;
  attention(): readonly AttentionItem[];
  uploads(): ReadonlyMap<string, UploadRow>;
  /** Whether the whole base is in memory. */
  isWhole(): boolean;
  /** Reads what a hot page needs; the rest follows by itself. */
  open(clientId: string): Promise<void>;
  /** Resolves when the whole base is in memory. */
  whenWhole(): Promise<void>;
  /**
   * One write transaction over `names` (and the state), planned on what is on disk. `undefined` writes nothing.
   */
  commit<D extends Delta>(
    names: readonly TableName[],
    plan: (tables: Tables, state: SyncState) => Promise<D | undefined>,
    options?: CommitOptions,
  ): Promise<D | undefined>;
  read<T>(names: readonly TableName[], work: (tables: Tables) => Promise<T>): Promise<T>;
  /**
   * Deletes what no view shows. Not even the state is written, because a full disk takes a transaction only when all
   * that it does is delete.
   */
  free(names: readonly TableName[], work: (tables: Tables) => Promise<void>): Promise<void>;
  /** Takes in what another tab changed. */
  refresh(hint: Extract<TabHint, { type: "changed" }>): Promise<void>;
  /** Looks whether the disk is ahead, for a tab that may have been frozen; what it missed is read within a second. */
  catchUp(): Promise<void>;
  /** Another tab is about to write: until the disk was looked at, it may hold more than this tab knows of. */
  suspect(): void;
  isBehind(): boolean;
  /** Makes the database anew and writes what this tab holds into it. */
  rebuild(): Promise<void>;
  /** Tells the listeners what changed in the view since the last time; `own` is the record that this tab has just written. */
  publish(own?: string): void;
  close(): void;
}

export interface MirrorOptions {
  readonly storage: Storage;
  readonly tabs: Tabs;
  readonly clock: Clock;
  readonly onChange: (changes: readonly ViewChange[], own: string | undefined) => void;
  /** Rows may be here that nobody told of. */
  readonly onCaughtUp: () => void;
  /** The disk did not do as asked; `undefined`: it works again. */
  readonly onTrouble: (error: unknown) => void;
  /** What is on the disk cannot be read. */
  readonly onBroken: (error: unknown) => void;
  /** Resolves when what was read first is on screen: the rest does not hold that up. */
  readonly afterPaint?: (() => Promise<void>) | undefined;
}

export interface CommitOptions {
  /** Runs with the change of memory, before anybody is told. */
  readonly also?: () => void;
  readonly mode?: "write" | "cache";
  /** The tables say the same as before in another way: no memory changes. */
  readonly quiet?: boolean;
}

export function createMirror({
  storage,
  tabs,
  clock,
  onChange,
  onCaughtUp,
  onTrouble,
  onBroken,
  afterPaint = async () => undefined,
}: MirrorOptions): Mirror {
  const view = createView();
  const queue = createSerialQueue();
  let uploads: ReadonlyMap<string, UploadRow> = new Map();
  let state: SyncState | undefined;
  /** The last state at which memory was known to hold what the disk did. `state` may be ahead of it. */
  let synced: SyncState | undefined;
  let attention: readonly AttentionItem[] = [];
  const base = createBaseMemory(view);
  let closed = false;
  let tellWhole: () => void = () => undefined;
  const wholeness = new Promise<void>((resolve) => {
    tellWhole = resolve;
  });
  const versions = createVersionWatch({
    clock,
    look: () => catchUp().catch(onTrouble),
    onMissed: () => queue(reload).catch(onTrouble),
    onLooked: () => publish(),
  });

  const known = (): SyncState => {
    if (state === undefined) throw new Error("The sync client is used before open().");
    return state;
  };

  /** A new database gets its state; one that cannot be written yet gets it with the first write that works. */
  async function prepare(clientId: string): Promise<void> {
    try {
      await storage.transact("write", ["meta"], async ({ meta }) => {
        if ((await meta.get(STATE_KEY)) === undefined) meta.put(STATE_KEY, newSyncState(clientId));
      });
    } catch (error) {
      onTrouble(error);
    }
  }

  async function readLists(tables: Tables): Promise<void> {
    attention = (await tables.attention.page()).map(([, item]) => item);
    uploads = new Map(await tables.uploads.page());
  }

  function publish(own?: string): void {
    onChange(view.settle(), own);
  }

  function catchUp(): Promise<void> {
    return queue(async () => {
      if (closed) return;
      const found = await storage.transact("read", ["meta"], (tables) => tables.meta.get(STATE_KEY));
      if (found !== undefined) versions.expect(found.version);
      if (versions.isBehind()) publish();
    });
  }

  async function loadRest(): Promise<void> {
    await loadPages((read) =>
      queue(async () => {
        if (closed) return [];
        const page = await storage.transact("read", ["base", "packs"], read);
        base.take(page.flatMap(({ entries }) => entries));
        publish();
        return page;
      }),
    );
    base.finish();
    tellWhole();
  }

  /** What this tab missed, in one transaction: of the base what changed since, or everything. */
  async function reload(): Promise<void> {
    // The base of a newer layout is a newer bundle's to read.
    const isOutdated = storage.fault?.outdated === true;
    await storage.transact("read", isOutdated ? LASTING_TABLES : TABLE_NAMES, async (tables) => {
      const found = await tables.meta.get(STATE_KEY);
      if (found === undefined) return;
      const noBase = isOutdated ? new Map<string, AnyRecord>() : undefined;
      const since = noBase ?? (synced === undefined ? undefined : await readSince(tables, synced, found));
      const held = since ?? (await readBase(tables));
      const rows = await tables.outbox.page();
      await readLists(tables);
      state = found;
      if (since === undefined) {
        for (const key of view.baseKeys()) if (!held.has(key)) base.set(key, undefined);
      }
      for (const [key, record] of held) base.set(key, record);
      const kept = new Set(rows.map(([n]) => n));
      for (const row of view.rows()) if (!isProvisional(row.n) && !kept.has(row.n)) view.dropRow(row.n);
      for (const [, row] of rows) view.putRow(row);
      versions.reset(found.version);
      synced = found;
    });
    publish();
    onCaughtUp();
  }

  function apply(delta: Delta, next: SyncState): void {
    state = next;
    base.apply(delta);
    for (const n of delta.outbox?.drop ?? []) view.dropRow(n);
    for (const [, row] of delta.outbox?.put ?? []) view.putRow(row);
    const { attention: items } = delta;
    if (items !== undefined) {
      const gone = new Set([...(items.drop ?? []), ...(items.put ?? []).map(([n]) => n)]);
      attention = [
        ...attention.filter(({ n }) => !gone.has(n)),
        ...(items.put ?? []).map(([, item]) => item),
      ];
    }
    if (delta.uploads !== undefined) {
      const next = new Map([...uploads, ...(delta.uploads.put ?? [])]);
      for (const sha256 of delta.uploads.drop ?? []) next.delete(sha256);
      uploads = next;
    }
  }

  return {
    view,
    state: known,
    attention: () => attention,
    uploads: () => uploads,
    isWhole: () => base.isWhole(),
    whenWhole: () => wholeness,
    publish,

    async open(clientId) {
      const read = (isLast: boolean) =>
        storage.transact("read", TABLE_NAMES, async (tables) => {
          const held = await tables.meta.get(STATE_KEY);
          if (held === undefined && !isLast) return false;
          const found = held ?? newSyncState(clientId);
          const rows = await tables.outbox.page();
          const hot = await readHot(tables);
          await readLists(tables);
          state = found;
          versions.reset(found.version);
          synced = found;
          base.take(hot.entries);
          for (const [, row] of rows) view.putRow(row);
          if (hot.isWhole) base.finish();
          return true;
        });
      await queue(async () => {
        if (!(await read(false))) {
          await prepare(clientId);
          await read(true);
        }
        publish();
      });
      if (base.isWhole()) tellWhole();
      else afterPaint().then(loadRest).catch(onBroken);
    },

    commit(names, plan, { also, mode = "write", quiet = false } = {}) {
      return queue(async () => {
        const held = known();
        // Whoever is killed between its write and its word leaves what nobody knows of: the word comes first too.
        if (mode === "write") tabs.send({ type: "writing" });
        const scope = [...new Set<TableName>(["meta", ...names])];
        const attempt = (rescuing: boolean) =>
          storage.transact(mode, rescuing ? TABLE_NAMES : scope, async (tables) => {
            let before = await tables.meta.get(STATE_KEY);
            if (before?.clientId !== held.clientId) {
              if (!rescuing) return "lost" as const;
              before = writeAnew(tables, held, before, { rows: view.rows(), attention });
              tables.meta.put(STATE_KEY, before);
            }
            const delta = await plan(tables, before);
            if (delta === undefined) return undefined;
            return { delta, version: before.version, next: writeDelta(tables, before, delta) };
          });
        const first = await attempt(false);
        const done = first === "lost" ? await attempt(true) : first;
        onTrouble(undefined);
        if (first === "lost") await reload();
        if (done === undefined || done === "lost") return undefined;
        // Something was written that this tab has not heard of: what it holds does not go with this step.
        const isBehind = done.version !== versions.reached();
        const told = quiet ? {} : done.delta;
        if (isBehind) await reload();
        else {
          apply(told, done.next);
          synced = done.next;
        }
        also?.();
        versions.note(done.next.version);
        tabs.send(hintOf(told, done.next.version));
        publish();
        return done.delta;
      });
    },

    read: (names, work) => queue(() => storage.transact("read", names, work)),

    free: (names, work) => queue(() => storage.transact("write", names, work)),

    refresh(hint) {
      return queue(async () => {
        if (closed) return;
        const isKnown = await storage.transact("read", HINT_TABLES, async (tables) => {
          const now = await tables.meta.get(STATE_KEY);
          if (now === undefined) return true;
          // Unless this is the very next step, what the disk says now may be in packs that the hint does not name.
          const isNext = now.version === hint.version && versions.reached() === hint.version - 1;
          if (!isNext && now.repacked !== synced?.repacked) return false;
          const told = await readHint(tables, view, hint);
          if (hint.lists) await readLists(tables);
          state = now;
          for (const [key, record] of told.base) base.set(key, record);
          for (const [n, row] of told.rows) {
            if (row === undefined) view.dropRow(n);
            else view.putRow(row);
          }
          return told.isKnown;
        });
        if (!isKnown) return reload();
        versions.note(hint.version);
        if (state !== undefined && versions.reached() === state.version) synced = state;
        publish();
      });
    },

    catchUp,
    suspect: () => versions.suspect(),
    isBehind: () => versions.isBehind(),

    rebuild: () =>
      queue(async () => {
        const { rebuild } = await import("./rebuild-base.ts");
        await rebuild(storage, { state: known(), view, attention, uploads, isWhole: base.isWhole() });
        base.finish();
        await reload();
        tellWhole();
        tabs.send(hintOf({}, known().version));
      }),

    close() {
      closed = true;
      versions.close();
      tellWhole();
    },
  };
}
