import type { AnyRecord } from "@safelight/shared";
import type { View } from "../core/create-view.ts";
import { createTextSharer } from "../core/share-texts.ts";
import { keyOf } from "./base-layers.ts";
import type { Delta } from "./delta.ts";

/** A record and what a layer of the base says of it; `undefined`: it is no more. */
export type BaseEntry = readonly [string, AnyRecord | undefined];

/** The base in memory while it is read and after. */
export interface BaseMemory {
  /** The last word on a record. */
  set(key: string, record: AnyRecord | undefined): void;
  /** What the cache says, read layer by layer: the first word on a record holds, and what changed meanwhile. */
  take(entries: readonly BaseEntry[]): void;
  apply(delta: Pick<Delta, "base" | "packs">): void;
  /** The whole cache has been taken. */
  finish(): void;
  isWhole(): boolean;
}

export function createBaseMemory(view: View): BaseMemory {
  let whole = false;
  /** Records whose last word is in memory, while the cache is read. */
  const settled = new Set<string>();
  const shareTexts = createTextSharer();

  function set(key: string, record: AnyRecord | undefined): void {
    if (record !== undefined) shareTexts(record);
    if (!whole) settled.add(key);
    view.setBase(key, record);
  }

  return {
    set,
    take(entries) {
      for (const [key, record] of entries) if (!settled.has(key)) set(key, record);
    },
    apply(delta) {
      for (const key of delta.base?.drop ?? []) set(key, undefined);
      for (const [, { records }] of delta.packs?.put ?? []) {
        for (const packed of records) set(keyOf(packed), packed.record);
      }
      for (const [key, { record }] of delta.base?.put ?? []) set(key, record);
    },
    finish() {
      whole = true;
      settled.clear();
    },
    isWhole: () => whole,
  };
}
