import type { CollectionName, Json, NewRecord } from "@safelight/shared";
import { useCallback } from "react";
import { useSyncClient } from "./sync-context.tsx";
import { type Draft, useDraft } from "./use-draft.ts";

/** Names of a collection's fields that hold text. */
export type TextField<C extends CollectionName> = {
  [K in keyof NewRecord<C>]-?: NonNullable<NewRecord<C>[K]> extends string ? K & string : never;
}[keyof NewRecord<C>];

/** A text field of a record while somebody may be typing in it. */
export type DraftField = Draft<string>;

/** `useDraft` for a text of a record that is there. */
export function useDraftField<C extends CollectionName>(
  collection: C,
  id: string,
  field: TextField<C> & string,
): DraftField {
  const client = useSyncClient();
  const write = useCallback(
    // The field's type says that it holds text.
    (value: string) => void client.update(collection, id, { [field]: value } as unknown as NewRecord<C>),
    [client, collection, id, field],
  );
  return useDraft({ collection, id, field, parse: textOf, write });
}

function textOf(stored: Json | undefined): string {
  return typeof stored === "string" ? stored : "";
}
