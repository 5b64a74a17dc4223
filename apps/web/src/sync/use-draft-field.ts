import type { CollectionName, JsonObject, NewRecord } from "@safelight/shared";
import type { AttentionItem } from "@safelight/sync";
import { useEffect, useRef, useState } from "react";
import { useSyncClient } from "./sync-context.tsx";
import { useAttention } from "./use-attention.ts";
import { useRecord } from "./use-record.ts";

/** Names of a collection's fields that hold text. */
export type TextField<C extends CollectionName> = {
  [K in keyof NewRecord<C>]-?: NonNullable<NewRecord<C>[K]> extends string ? K & string : never;
}[keyof NewRecord<C>];

/** A text field of a record while somebody may be typing in it. */
export interface DraftField {
  readonly value: string;
  /** What arrived from another tab or device meanwhile, as long as nobody has decided. */
  readonly theirs: string | undefined;
  /** Why the server does not take what is typed; the change is on the attention list. */
  readonly refusal: string | undefined;
  readonly onChange: (value: string) => void;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
  readonly takeTheirs: () => void;
  readonly keepMine: () => void;
}

/**
 * A synced text field that never takes away what is being typed. Each keystroke is written at once, so both values are
 * versions in any case; a change from elsewhere is offered beside the field and not put into it. Without the focus the
 * field follows its record.
 */
export function useDraftField<C extends CollectionName>(
  collection: C,
  id: string,
  field: TextField<C> & string,
): DraftField {
  const client = useSyncClient();
  const stored = textOf(useRecord(collection, id), field);
  const [typed, setTyped] = useState<string>();
  const [theirs, setTheirs] = useState<string>();
  const latest = useRef<string | undefined>(undefined);

  useEffect(
    () =>
      client.subscribeRecord(collection, id, ({ origin, fields, after }) => {
        if (origin === "local" || latest.current === undefined || !fields.includes(field)) return;
        // The server's refusal brings the value of before back: nobody else wrote it.
        if (findRefusal(client.attention(), [collection, id, field], latest.current) !== undefined) return;
        const arrived = textOf(after, field);
        setTheirs(arrived === latest.current ? undefined : arrived);
      }),
    [client, collection, id, field],
  );

  const refused = findRefusal(useAttention(), [collection, id, field], typed);

  const edit = (value: string | undefined) => {
    latest.current = value;
    setTyped(value);
  };
  const write = (value: string) => {
    edit(value);
    // The field's type says that it holds text.
    client.update(collection, id, { [field]: value } as unknown as NewRecord<C>);
  };
  const decide = (value: string) => {
    setTheirs(undefined);
    write(value);
  };
  return {
    value: typed ?? stored,
    theirs,
    refusal: refused?.message,
    onChange: write,
    onFocus: () => edit(typed ?? stored),
    onBlur: () => {
      // Undecided: what was typed stays in sight.
      if (theirs === undefined) edit(undefined);
    },
    takeTheirs: () => decide(theirs ?? stored),
    keepMine: () => decide(typed ?? stored),
  };
}

function findRefusal(
  items: readonly AttentionItem[],
  [collection, id, field]: readonly [CollectionName, string, string],
  typed: string | undefined,
): AttentionItem | undefined {
  if (typed === undefined) return undefined;
  return items.find(
    (item) => item.collection === collection && item.id === id && item.set?.[field] === typed,
  );
}

function textOf(record: JsonObject | undefined, field: string): string {
  const value = record?.[field];
  return typeof value === "string" ? value : "";
}
