import { type CollectionName, type Json, jsonEqual, type JsonObject } from "@safelight/shared";
import type { AttentionItem } from "@safelight/sync";
import { useCallback, useEffect, useRef, useState } from "react";
import { useSyncClient } from "./sync-context.tsx";
import { useAttention } from "./use-attention.ts";
import { useRecord } from "./use-record.ts";

/** A field of a record while somebody may be typing in it. */
export interface Draft<V> {
  readonly value: V;
  /** What arrived from another tab or device meanwhile, as long as nobody has decided. */
  readonly theirs: V | undefined;
  /** The same, for who wants to know whose it is. */
  readonly change: ChangeElsewhere | undefined;
  /** Why the server does not take what is typed; the change is on the attention list. */
  readonly refusal: string | undefined;
  readonly onChange: (value: V) => void;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
  readonly takeTheirs: () => void;
  readonly keepMine: () => void;
}

/** A value that a field was given elsewhere. */
export interface ChangeElsewhere {
  readonly collection: CollectionName;
  readonly id: string;
  readonly field: string;
  readonly value: Json;
}

export interface DraftOptions<V> {
  readonly collection: CollectionName;
  /** `undefined`: there is no record yet, and `write` makes it. */
  readonly id: string | undefined;
  readonly field: string;
  /** Reads the stored field, whatever it holds; keeps its identity. */
  readonly parse: (stored: Json | undefined) => V;
  /** Writes the field; keeps its identity. */
  readonly write: (value: V) => void;
}

/**
 * A synced field that never takes away what is being typed. Each keystroke is written at once, so both values are
 * versions in any case; a change from elsewhere is offered beside the field and not put into it. Without the focus the
 * field follows its record.
 */
export function useDraft<V extends Json>({ collection, id, field, parse, write }: DraftOptions<V>): Draft<V> {
  const client = useSyncClient();
  const stored = useParsed(useRecord(collection, id), field, parse);
  const [typed, setTyped] = useState<V>();
  const [theirs, setTheirs] = useState<V>();
  const latest = useRef<V | undefined>(undefined);
  const focused = useRef(false);

  useEffect(() => {
    if (id === undefined) return undefined;
    return client.subscribeRecord(collection, id, ({ origin, fields, after }) => {
      if (origin === "local" || latest.current === undefined || !fields.includes(field)) return;
      // The server's refusal brings the value of before back: nobody else wrote it.
      if (findRefusal(client.attention(), [collection, id, field], latest.current) !== undefined) return;
      const arrived = parse(fieldOf(after, field));
      setTheirs(() => (jsonEqual(arrived, latest.current) ? undefined : arrived));
    });
  }, [client, collection, id, field, parse]);

  const refused = findRefusal(useAttention(), [collection, id, field], typed);

  const edit = useCallback((value: V | undefined) => {
    latest.current = value;
    setTyped(() => value);
  }, []);
  const onChange = useCallback(
    (value: V) => {
      edit(focused.current ? value : undefined);
      write(value);
    },
    [edit, write],
  );
  const decide = (value: V) => {
    setTheirs(undefined);
    onChange(value);
  };
  return {
    value: typed ?? stored,
    theirs,
    change: theirs === undefined || id === undefined ? undefined : { collection, id, field, value: theirs },
    refusal: refused?.message,
    onChange,
    onFocus: () => {
      focused.current = true;
      edit(typed ?? stored);
    },
    onBlur: () => {
      focused.current = false;
      // Undecided: what was typed stays in sight.
      if (theirs === undefined) edit(undefined);
    },
    takeTheirs: () => decide(theirs ?? stored),
    keepMine: () => decide(typed ?? stored),
  };
}

/** The stored value; another copy of the same is the same, so that nothing is drawn again for an acknowledgement. */
function useParsed<V extends Json>(
  record: JsonObject | undefined,
  field: string,
  parse: (stored: Json | undefined) => V,
): V {
  const parsed = parse(fieldOf(record, field));
  const [kept, keep] = useState<V>(() => parsed);
  if (jsonEqual(kept, parsed)) return kept;
  keep(() => parsed);
  return parsed;
}

function findRefusal(
  items: readonly AttentionItem[],
  [collection, id, field]: readonly [CollectionName, string | undefined, string],
  typed: Json | undefined,
): AttentionItem | undefined {
  if (typed === undefined) return undefined;
  return items.find(
    (item) => item.collection === collection && item.id === id && jsonEqual(item.set?.[field], typed),
  );
}

function fieldOf(record: JsonObject | undefined, field: string): Json | undefined {
  return record?.[field];
}
