import { type BlobRef, definitionOf, valuesOf } from "@safelight/shared";
import { ownJson, withoutSame } from "./core/changed-fields.ts";
import type { LocalMutation, OutboxRow } from "./core/outbox-row.ts";
import type { BlobKeeper } from "./engine/blob-keeper.ts";
import { createConflictList } from "./engine/conflict-list.ts";
import { createMirror } from "./engine/create-mirror.ts";
import type { UpkeepPolicy } from "./engine/keep-house.ts";
import { LATE_LOADS } from "./engine/late-loads.ts";
import { createLazyLeader } from "./engine/lazy-leader.ts";
import { createLinkBoard } from "./engine/link-board.ts";
import { outboxText } from "./engine/outbox-text.ts";
import { isProvisional } from "./engine/provisional-n.ts";
import { createRecordListeners } from "./engine/record-listeners.ts";
import { createReign } from "./engine/reign.ts";
import { createStatusBoard } from "./engine/status-board.ts";
import { createStorageHealth } from "./engine/storage-health.ts";
import { createViewListeners } from "./engine/view-listeners.ts";
import { createWaitingList } from "./engine/waiting-list.ts";
import { createLeaderWatch } from "./engine/watch-leader.ts";
import { createWriter } from "./engine/writer.ts";
import type { Link, Sending, TabHint } from "./ports.ts";
import type { SyncClientOptions } from "./sync-client-options.ts";
import type { PendingWrite, SyncClient } from "./sync-client.ts";

const DEFAULT_UPKEEP: UpkeepPolicy = { everyMs: 60_000, rowsAbove: 1000, packFrom: 200 };

/** Puts the engine together. Everything outside it comes in through the options. */
export function createSyncClient(options: SyncClientOptions): SyncClient {
  const { storage, transport, tabs, clock, random, newUuid } = options;
  const { late = LATE_LOADS, upkeep = DEFAULT_UPKEEP } = options;
  let opened = false;
  let wrote = false;
  let sending: Sending | undefined;
  let stepDown: (() => Promise<void>) | undefined;
  let stopListening: () => void = () => undefined;

  const pendingUploads = () => [...mirror.uploads().values()].filter(({ refused }) => refused === undefined);
  const health = createStorageHealth(storage);
  const link = (): Link => (health.isOutdated() ? "outdated" : links.link());

  const board = createStatusBoard(() => {
    if (!opened) return undefined;
    watch.expectDrain();
    return {
      facts: {
        waiting: mirror.view.rowCount() + pendingUploads().length,
        behind: mirror.isBehind(),
        attention: mirror.attention().length,
        unkept: health.unkept(writer.unkept()),
        storage: storage.kind,
        link: link(),
        savedAt: mirror.state().savedAt,
      },
      parts: [
        mirror.attention(),
        mirror.uploads(),
        mirror.view.rowsVersion(),
        conflicts.list(),
        link(),
        sending,
      ],
    };
  });

  const links = createLinkBoard((now) => {
    if (reign.isLeading()) tabs.send({ type: "link", link: now });
    board.refresh();
  });

  function onTrouble(error: unknown): void {
    if (error !== undefined && reign.retire()) return;
    if (health.note(error)) board.refresh();
  }

  function onSending({ sha256, sentBytes }: Sending): void {
    sending = { sha256, sentBytes };
    board.refresh();
  }

  const mirror = createMirror({
    storage,
    tabs,
    clock,
    late,
    onChange(changes, own) {
      board.refresh();
      if (changes.length === 0) return;
      collections.tell(changes);
      records.tell(changes, own);
    },
    onCaughtUp: () => leader.wake(),
    onTrouble,
    onBroken(error) {
      if (reign.retire()) return;
      health.breakDown(error);
      board.refresh();
    },
    afterPaint: options.afterPaint,
  });
  const collections = createViewListeners();
  const records = createRecordListeners();
  const waitingList = createWaitingList(mirror, () => sending);
  const conflicts = createConflictList(mirror);
  const leader = createLazyLeader({
    load: late.leader,
    transport,
    mirror,
    clock,
    random,
    links,
    upkeep,
    onTrouble,
    onSent(progress) {
      onSending(progress);
      tabs.send({ type: "sending", ...progress });
    },
  });
  const writer = createWriter({
    mirror,
    clock,
    random,
    makeRoom: async () => (await blobs()).makeRoom(),
    onWritten: () => leader.wake(),
    onStatus: board.refresh,
  });
  /** A tab that was frozen heard nothing meanwhile. */
  const catchUp = () => void mirror.catchUp().catch(onTrouble);
  const reign = createReign({ tabs, clock, links, leader, health, catchUp, onRetired: board.refresh });
  const watch = createLeaderWatch({
    clock,
    tabs,
    isLeader: reign.isLeading,
    isWaiting() {
      const isOpen = (row: OutboxRow) => row.acked === undefined && !isProvisional(row.n);
      return mirror.view.rows().some(isOpen) || pendingUploads().length > 0;
    },
  });
  /** Few pages ever need these two. */
  const blobs = async (): Promise<BlobKeeper> => {
    const { createBlobKeeper } = await late.blobKeeper();
    return createBlobKeeper({ ...options, mirror });
  };
  const desk = async () => {
    const { createAttentionDesk } = await late.attentionDesk();
    return createAttentionDesk(mirror, () => leader.wake());
  };

  function hear(hint: TabHint): void {
    switch (hint.type) {
      case "changed":
        void mirror.refresh(hint).then(
          () => leader.wake(),
          () => undefined,
        );
        break;
      case "writing":
        mirror.suspect();
        board.refresh();
        break;
      case "link":
        if (!reign.isLeading()) links.hear(hint.link);
        break;
      case "sending":
        onSending(hint);
        break;
      case "ask":
        if (reign.isLeading()) tabs.send({ type: "link", link: links.link() });
        break;
      case "nudge":
        if (reign.isLeading()) leader.nudge();
        break;
    }
  }

  function write(mutation: LocalMutation): PendingWrite {
    if (!opened) throw new Error("The sync client is used before open().");
    if (!wrote) options.onFirstWrite?.();
    wrote = true;
    return { id: mutation.id, durable: writer.write(mutation) };
  }

  return {
    async open() {
      stopListening();
      // What others write while this tab reads is taken in after it.
      stopListening = tabs.listen(hear);
      await mirror.open(newUuid());
      opened = true;
      board.refresh();
      stepDown = tabs.lead(reign.lead);
      watch.start();
      tabs.send({ type: "ask" });
    },
    isWhole: () => mirror.isWhole(),
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
      const was = seen === undefined ? {} : { was: valuesOf(seen, Object.keys(set)) };
      return write({ collection, id, op: "update", set, ...was });
    },
    delete: (collection, id) => write({ collection, id, op: "delete" }),
    restore: (collection, id) => write({ collection, id, op: "restore" }),

    async putBlob(bytes, details = {}): Promise<BlobRef> {
      const reference = await (await blobs()).put(bytes, details.name);
      leader.wake();
      return reference;
    },
    async localBlob(sha256) {
      const row = await mirror.read(["blobs"], (tables) => tables.blobs.get(sha256));
      return row?.bytes;
    },

    status: board.status,
    link,
    attention: () => mirror.attention(),
    waiting: waitingList,
    conflicts: () => conflicts.list(),
    dismissConflict: (collection, id) => conflicts.dismiss(collection, id),
    retryAttention: async (n) => (await desk()).retry(n),
    editAttention: async (n, set) => (await desk()).retry(n, ownJson(set)),
    discardAttention: async (n) => (await desk()).discard(n),

    async exportOutbox() {
      const isWhole = health.fault(writer.unkept()) === undefined;
      const salvage = isWhole ? undefined : await storage.salvage?.();
      const { clientId } = mirror.state();
      const unsaved = { clientId, rows: mirror.view.rows(), attention: mirror.attention() };
      return outboxText({ ...unsaved, ...(salvage === undefined ? {} : { salvage }) });
    },
    storageFault: () => health.fault(writer.unkept()),
    async rebuildStorage() {
      await mirror.rebuild();
      health.mend();
      board.refresh();
      writer.retry();
      leader.wake();
    },

    subscribe: (listener, names) => collections.add(listener, names),
    subscribeRecord: (collection, id, listener) => records.add(`${collection}/${id}`, listener),
    subscribeStatus: board.subscribe,
    nudge() {
      writer.retry();
      catchUp();
      if (reign.isLeading()) leader.nudge();
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
