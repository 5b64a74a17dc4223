import type { ViewChange, View } from "../core/create-view.ts";
import type { SyncState } from "../core/sync-state.ts";
import type { Clock, Storage, TabHint, TableName, Tables, Tabs, UploadRow } from "../ports.ts";
import type { AttentionItem } from "../sync-client.ts";
import type { Delta } from "./delta.ts";
import type { LateLoads } from "./late-loads.ts";

/** The database in this tab's memory. Storage first, then memory, then the other tabs: never in another order. */
export interface Mirror {
  readonly view: View;
  state(): SyncState;
  attention(): readonly AttentionItem[];
  uploads(): ReadonlyMap<string, UploadRow>;
  /** Whether the whole base is in memory. */
  isWhole(): boolean;
  /** Whether memory holds what the disk did at `version`; `state` alone may be ahead of it. */
  isAt(version: number): boolean;
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
  readonly late: Pick<LateLoads, "writeAnew" | "rebuild">;
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
