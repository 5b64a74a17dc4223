import type { UpkeepPolicy } from "./engine/keep-house.ts";
import type { LateLoads } from "./engine/late-loads.ts";
import type { Clock, HashBlob, MeasurePicture, Storage, Tabs, Transport } from "./ports.ts";

/** What the engine is put together from. */
export interface SyncClientOptions {
  readonly storage: Storage;
  /** A function loads it when this tab leads for the first time. */
  readonly transport: Transport | (() => Promise<Transport>);
  /** Where the parts of the engine come from that are not needed at once. */
  readonly late?: LateLoads;
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
