import {
  type BlobRef,
  type CollectionName,
  definitionOf,
  isJsonObject,
  type Json,
  jsonEqual,
  type JsonObject,
} from "@safelight/shared";
import type { LocalMutation, OutboxRow } from "./core/outbox-row.ts";
import { deriveStatus, sameStatus, type Unkept } from "./core/status.ts";
import { createBlobKeeper } from "./engine/blob-keeper.ts";
import { createConflictList } from "./engine/conflict-list.ts";
import { outboxText } from "./engine/outbox-text.ts";
import type { UpkeepPolicy } from "./engine/keep-house.ts";
import { createLazyLeader, type LazyLeaderOptions } from "./engine/lazy-leader.ts";
import { createLinkBoard } from "./engine/link-board.ts";
import { createMirror } from "./engine/mirror.ts";
import { isProvisional } from "./engine/provisional-n.ts";
import { createRecordListeners } from "./engine/record-listeners.ts";
import { createWaitingList } from "./engine/waiting-list.ts";
import { createLeaderWatch } from "./engine/watch-leader.ts";
import { createWriter, storageTrouble, valuesSeen } from "./engine/writer.ts";
import type {
  Clock,
  HashBlob,
  Link,
  MeasurePicture,
  Storage,
  StorageFault,
  Tabs,
  Transport,
} from "./ports.ts";
import type { PendingWrite, SyncClient, SyncStatus } from "./sync-client.ts";

export interface SyncClientOptions {
  readonly storage: Storage;
  /** A function loads it when this tab leads for the first time. */
  readonly transport: Transport | (() => Promise<Transport>);
  /** The part of the engine that talks to the server, when it is not to be loaded late. */
  readonly loadLeader?: LazyLeaderOptions["load"];
  readonly tabs: Tabs;
  readonly clock: Clock;
  /** 0 to below 1; for jitter alone. */
  readonly random: () => number;
  /** A UUID version 7; ids are `<idPrefix>-<uuid>`. */
  readonly newUuid: () => string;
  readonly hashBlob: HashBlob;
  readonly measurePicture?: MeasurePicture;
  /** Called once, at the first write: the moment to ask for persistent storage. */
  readonly onFirstWrite?: () => void;
  /** Frees what the browser keeps beside the database (cached pictures) when the disk is full. */
  readonly freeSpace?: () => Promise<void>;
  /** Resolves when what was read first is on screen; the rest is read then. */
  readonly afterPaint?: () => Promise<void>;
  /** How the base is kept quick to read. */
  readonly upkeep?: UpkeepPolicy;
}

const DEFAULT_UPKEEP: UpkeepPolicy = { everyMs: 60_000, rowsAbove: 1000, packFrom: 200 };

/** How often the leader looks whether the disk is ahead of it. */
const LOOK_EVERY_MS = 5000;
/** How long a tab of an older bundle leaves the lead to others. */
const RETIRED_PAUSE_MS = 1000;

/** Puts the engine together. Everything outside it comes in through the options. */
export function createSyncClient(options: SyncClientOptions): SyncClient {
  const { storage, transport, tabs, clock, random, newUuid, upkeep = DEFAULT_UPKEEP } = options;
  const viewListeners = new Map<() => void, ReadonlySet<CollectionName> | undefined>();
  const statusListeners = new Set<() => void>();
  let status: SyncStatus = { state: "saved", at: undefined };
  /** What the status listeners were told of last. */
  let told: readonly unknown[] = [];
  let opened = false;
  let leads = false;
  let reigns = 0;
  let wrote = false;
  let trouble: Unkept | undefined;
  let broken: Unkept | undefined;
  let stepDown: (() => Promise<void>) | undefined;
  let resign: () => void = () => undefined;
  let stopListening: () => void = () => undefined;
  let cancelLook: (() => void) | undefined;

  const pendingUploads = () => [...mirror.uploads().values()].filter(({ refused }) => refused === undefined);

  function refreshStatus(): void {
    if (!opened) return;
    watch.expectDrain();
    const next = deriveStatus({
      waiting: mirror.view.rowCount() + pendingUploads().length,
      behind: mirror.isBehind(),
      attention: mirror.attention().length,
      unkept: writer.unkept() ?? trouble ?? broken ?? unreadable(storage.fault),
      storage: storage.kind,
      link: link(),
      savedAt: mirror.state().savedAt,
    });
    const facts = [mirror.attention(), mirror.uploads(), mirror.view.rowsVersion(), conflicts.list(), link()];
    const same = sameStatus(status, next);
    if (same && facts.every((fact, index) => fact === told[index])) return;
    told = facts;
    if (!same) status = next;
    for (const listener of statusListeners) listener();
  }

  function link(): Link {
    return storage.fault?.outdated === true ? "outdated" : links.link();
  }

  /** A newer bundle has the database: this tab goes on keeping what is written in it, and leaves the lead to that one. */
  function retire(): boolean {
    if (storage.fault?.outdated !== true) return false;
    resign();
    refreshStatus();
    return true;
  }

  const links = createLinkBoard((link) => {
    if (leads) tabs.send({ type: "link", link });
    refreshStatus();
  });

  const mirror = createMirror({
    storage,
    tabs,
    clock,
    onChange(changes, own) {
      refreshStatus();
      if (changes.length === 0) return;
      const changed = new Set(changes.map(({ collection }) => collection));
      for (const [listener, wanted] of viewListeners) {
        if (wanted === undefined || [...wanted].some((name) => changed.has(name))) listener();
      }
      records.tell(changes, own);
    },
    onCaughtUp: () => leader.wake(),
    onTrouble,
    onBroken,
    afterPaint: options.afterPaint,
  });

  /** The disk has something that cannot be read: no later write that works makes up for it. */
  function onBroken(error: unknown): void {
    if (retire()) return;
    broken = storageTrouble(error);
    refreshStatus();
  }

  function fault(): StorageFault | undefined {
    const unkept = writer.unkept() ?? broken ?? trouble;
    if (storage.fault !== undefined || unkept?.cause !== "broken") return storage.fault;
    return { reason: unkept.reason, mendable: storage.rebuild !== undefined };
  }

  function onTrouble(error: unknown): void {
    if (error !== undefined && retire()) return;
    if (error === undefined && trouble === undefined) return;
    trouble = error === undefined ? undefined : storageTrouble(error);
    refreshStatus();
  }

  const records = createRecordListeners();
  const waitingList = createWaitingList(mirror);
  const conflicts = createConflictList(mirror);
  const leader = createLazyLeader({
    load: options.loadLeader ?? (() => import("./engine/leader.ts")),
    transport,
    mirror,
    clock,
    random,
    links,
    upkeep,
    onTrouble,
  });
  const blobs = createBlobKeeper({ ...options, mirror });
  const writer = createWriter({
    mirror,
    clock,
    random,
    makeRoom: () => blobs.makeRoom(),
    onWritten: () => leader.wake(),
    onStatus: refreshStatus,
  });
  /** Few pages ever need it. */
  const desk = async () => {
    const { createAttentionDesk } = await import("./engine/attention-desk.ts");
    return createAttentionDesk(mirror, () => leader.wake());
  };

  function isWaiting(): boolean {
    const isOpen = (row: OutboxRow) => row.acked === undefined && !isProvisional(row.n);
    return mirror.view.rows().some(isOpen) || pendingUploads().length > 0;
  }

  const watch = createLeaderWatch({ clock, tabs, isLeader: () => leads, isWaiting });

  function write(mutation: LocalMutation): PendingWrite {
    if (!opened) throw new Error("The sync client is used before open().");
    if (!wrote) options.onFirstWrite?.();
    wrote = true;
    return { id: mutation.id, durable: writer.write(mutation) };
  }

  /** A tab that was frozen heard nothing meanwhile. */
  function catchUp(): void {
    mirror.catchUp().catch(onTrouble);
  }

  /** A tab that is killed between its write and its word to the others leaves a row that only the disk knows of. */
  function lookOut(): void {
    catchUp();
    retire();
    cancelLook = clock.after(LOOK_EVERY_MS, lookOut);
  }

  async function lead(signal: AbortSignal): Promise<void> {
    if (storage.fault?.outdated === true) {
      // In line again for the case that no newer tab is left, but not at once.
      await new Promise<void>((resolve) => void clock.after(RETIRED_PAUSE_MS, resolve));
      return;
    }
    const reign = new AbortController();
    resign = () => reign.abort();
    signal.addEventListener("abort", resign);
    if (signal.aborted) resign();
    reigns += 1;
    leads = true;
    tabs.send({ type: "link", link: links.link() });
    cancelLook?.();
    lookOut();
    try {
      await leader.lead(reign.signal);
    } finally {
      // One that lost the lead while it was frozen may end after it has got it again.
      reigns -= 1;
      leads = reigns > 0;
      if (!leads) cancelLook?.();
      tabs.send({ type: "ask" });
      catchUp();
    }
  }

  return {
    async open() {
      await mirror.open(newUuid());
      opened = true;
      refreshStatus();
      stopListening = tabs.listen((hint) => {
        switch (hint.type) {
          case "changed":
            void mirror.refresh(hint).then(
              () => leader.wake(),
              () => undefined,
            );
            break;
          case "writing":
            mirror.suspect();
            refreshStatus();
            break;
          case "link":
            if (!leads) links.hear(hint.link);
            break;
          case "ask":
            if (leads) tabs.send({ type: "link", link: links.link() });
            break;
          case "nudge":
            if (leads) leader.nudge();
            break;
        }
      });
      stepDown = tabs.lead(lead);
      watch.start();
      tabs.send({ type: "ask" });
    },
    whenWhole: () => mirror.whenWhole(),
    storageKind: () => storage.kind,

    get: (collection, id) => mirror.view.get(collection, id),
    list: (collection) => mirror.view.list(collection),
    trash: (collection) => mirror.view.trash(collection),

    create(collection, fields, { id = `${definitionOf(collection).idPrefix}-${newUuid()}` } = {}) {
      return write({ collection, id, op: "create", set: ownJson(fields) });
    },
    update(collection, id, fields) {
      const seen = mirror.view.get(collection, id);
      const asked = ownJson(fields);
      // What the view shows may not be on disk yet: the same again is as durable as that, and no sooner.
      const isKept = !writer.pendingRows().some(({ mutation }) => mutation.id === id);
      const set = seen === undefined || !isKept ? asked : withoutSame(asked, seen);
      if (Object.keys(set).length === 0) return { id, durable: Promise.resolve() };
      const was = seen === undefined ? {} : { was: valuesSeen(seen, set) };
      return write({ collection, id, op: "update", set, ...was });
    },
    delete: (collection, id) => write({ collection, id, op: "delete" }),
    restore: (collection, id) => write({ collection, id, op: "restore" }),

    async putBlob(bytes, details = {}): Promise<BlobRef> {
      const reference = await blobs.put(bytes, details.name);
      leader.wake();
      return reference;
    },
    localBlob: (sha256) => blobs.get(sha256),

    status: () => status,
    link,
    attention: () => mirror.attention(),
    waiting: waitingList,
    conflicts: () => conflicts.list(),
    dismissConflict: (collection, id) => conflicts.dismiss(collection, id),
    retryAttention: async (n) => (await desk()).retry(n),
    editAttention: async (n, set) => (await desk()).retry(n, ownJson(set)),
    discardAttention: async (n) => (await desk()).discard(n),

    async exportOutbox() {
      const salvage = fault() === undefined ? undefined : await storage.salvage?.();
      const { clientId } = mirror.state();
      const unsaved = { clientId, rows: mirror.view.rows(), attention: mirror.attention() };
      return outboxText({ ...unsaved, ...(salvage === undefined ? {} : { salvage }) });
    },
    storageFault: fault,
    async rebuildStorage() {
      await mirror.rebuild();
      broken = undefined;
      trouble = undefined;
      refreshStatus();
      writer.retry();
      leader.wake();
    },

    subscribe(listener, collections) {
      // A listener may be given twice, with different collections.
      const own = () => listener();
      viewListeners.set(own, collections === undefined ? undefined : new Set(collections));
      return () => void viewListeners.delete(own);
    },
    subscribeRecord: (collection, id, listener) => records.add(`${collection}/${id}`, listener),
    subscribeStatus(listener) {
      const own = () => listener();
      statusListeners.add(own);
      return () => void statusListeners.delete(own);
    },
    nudge() {
      writer.retry();
      catchUp();
      if (leads) leader.nudge();
      else {
        tabs.send({ type: "nudge" });
        tabs.challenge();
      }
    },
    async close() {
      watch.close();
      stopListening();
      await writer.close();
      await stepDown?.();
      mirror.close();
      await storage.close();
    },
  };
}

/** What is in a database that cannot be read is not known to be saved. */
function unreadable(fault: StorageFault | undefined): Unkept | undefined {
  return fault?.mendable === true ? { cause: "broken", reason: fault.reason } : undefined;
}

/** A private copy, as it will be on the wire: later changes by the caller change nothing here. */
function ownJson(fields: unknown): JsonObject {
  const copy: unknown = JSON.parse(JSON.stringify(fields));
  return isJsonObject(copy) ? copy : {};
}

function withoutSame(set: JsonObject, seen: JsonObject): JsonObject {
  const changed = (name: string, value: Json) => !jsonEqual(seen[name] ?? null, value);
  return Object.fromEntries(Object.entries(set).filter(([name, value]) => changed(name, value)));
}
