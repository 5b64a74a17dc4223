import type { AnyRecord } from "@safelight/shared";
import { newSyncState, STATE_KEY } from "../core/sync-state.ts";
import { LASTING_TABLES, TABLE_NAMES, type TableName } from "../ports.ts";
import { readBase, readSince } from "./base-layers.ts";
import { writeDelta } from "./delta.ts";
import { createDeviceMemory } from "./device-memory.ts";
import type { Mirror, MirrorOptions } from "./mirror.ts";
import { createSerialQueue } from "./serial-queue.ts";
import { loadPages, readHot } from "./read-cache.ts";
import { HINT_TABLES, hintOf, readHint } from "./tab-hints.ts";
import { createVersionWatch } from "./version-watch.ts";
import type { writeAnew } from "./write-anew.ts";

export function createMirror({
  storage,
  tabs,
  clock,
  late,
  onChange,
  onCaughtUp,
  onTrouble,
  onBroken,
  afterPaint = async () => undefined,
}: MirrorOptions): Mirror {
  const memory = createDeviceMemory();
  const { view, base, state } = memory;
  const queue = createSerialQueue();
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
      const synced = memory.synced();
      const since = noBase ?? (synced === undefined ? undefined : await readSince(tables, synced, found));
      const held = since ?? (await readBase(tables));
      const rows = await tables.outbox.page();
      await memory.readLists(tables);
      memory.setState(found, true);
      memory.replace(
        rows.map(([, row]) => row),
        held,
        since === undefined,
      );
      versions.reset(found.version);
    });
    publish();
    onCaughtUp();
  }

  return {
    view,
    state,
    attention: memory.attention,
    uploads: memory.uploads,
    isWhole: () => base.isWhole(),
    isAt: (version) => memory.synced()?.version === version,
    whenWhole: () => wholeness,
    publish,

    async open(clientId) {
      const read = (isLast: boolean) =>
        storage.transact("read", TABLE_NAMES, async (tables) => {
          // All asked for at once: the first page waits for one answer, not for six.
          const [held, rows, hot] = await Promise.all([
            tables.meta.get(STATE_KEY),
            tables.outbox.page(),
            readHot(tables),
            memory.readLists(tables),
          ]);
          if (held === undefined && !isLast) return false;
          const found = held ?? newSyncState(clientId);
          memory.setState(found, true);
          versions.reset(found.version);
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
        const held = state();
        const scope = [...new Set<TableName>(["meta", ...names])];
        const attempt = (rescue?: typeof writeAnew) =>
          storage.transact(mode, rescue === undefined ? scope : TABLE_NAMES, async (tables) => {
            const reading = tables.meta.get(STATE_KEY);
            // Whoever is killed between its write and its word leaves what nobody knows of: the word comes before the
            // first row too, and while the state is read it costs no time.
            if (mode === "write") tabs.send({ type: "writing" });
            let before = await reading;
            if (before?.clientId !== held.clientId) {
              if (rescue === undefined) return "lost" as const;
              before = rescue(tables, held, before, { rows: view.rows(), attention: memory.attention() });
              tables.meta.put(STATE_KEY, before);
            }
            const delta = await plan(tables, before);
            if (delta === undefined) return undefined;
            return { delta, version: before.version, next: writeDelta(tables, before, delta) };
          });
        const first = await attempt();
        const done = first === "lost" ? await attempt((await late.writeAnew()).writeAnew) : first;
        onTrouble(undefined);
        if (first === "lost") await reload();
        if (done === undefined || done === "lost") return undefined;
        // Something was written that this tab has not heard of: what it holds does not go with this step.
        const isBehind = done.version !== versions.reached();
        const told = quiet ? {} : done.delta;
        if (isBehind) await reload();
        else {
          memory.apply(told);
          memory.setState(done.next, true);
        }
        also?.();
        // Who waited for the disk goes on before others are told.
        await Promise.resolve();
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
          // In memory by a reading since, and a pack that it names may have newer ones above it now.
          const reached = versions.reached();
          if (hint.packs.length > 0 && hint.version <= reached && reached <= now.version) return true;
          // Unless this is the very next step, what the disk says now may be in packs that the hint does not name.
          const isNext = now.version === hint.version && reached === hint.version - 1;
          if (!isNext && now.repacked !== memory.synced()?.repacked) return false;
          const told = await readHint(tables, view, hint, isNext);
          // Nothing of it is taken in by halves: who looks meanwhile sees what was.
          if (told === undefined) return false;
          if (hint.lists) await memory.readLists(tables);
          memory.setState(now, false);
          for (const [key, record] of told.base) base.set(key, record);
          for (const [n, row] of told.rows) {
            if (row === undefined) view.dropRow(n);
            else view.putRow(row);
          }
          return true;
        });
        if (!isKnown) return reload();
        versions.note(hint.version);
        if (versions.reached() === state().version) memory.setState(state(), true);
        publish();
      });
    },

    catchUp,
    suspect: () => versions.suspect(),
    isBehind: () => versions.isBehind(),

    rebuild: () =>
      queue(async () => {
        const { rebuild } = await late.rebuild();
        const held = { state: state(), attention: memory.attention(), uploads: memory.uploads() };
        await rebuild(storage, { ...held, view, isWhole: base.isWhole() });
        base.finish();
        await reload();
        tellWhole();
        tabs.send(hintOf({}, state().version));
      }),

    close() {
      closed = true;
      versions.close();
      tellWhole();
    },
  };
}
