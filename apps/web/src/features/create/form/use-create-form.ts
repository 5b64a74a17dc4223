import { isJsonObject, type Json, type JsonObject } from "@safelight/shared";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Draft, useDraft } from "../../../sync/use-draft.ts";
import { useRecords } from "../../../sync/use-records.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { type FormState, parseFormState } from "./form-state.ts";
import { randomSeed } from "./random-seed.ts";

const SCOPE = "create";
const EMPTY: JsonObject = {};

export interface CreateFormDraft extends Pick<
  Draft<JsonObject>,
  "change" | "onFocus" | "onBlur" | "takeTheirs" | "keepMine"
> {
  readonly form: FormState;
  readonly edit: (part: Partial<FormState>) => void;
  /** What another tab or device made of the form while this one was typed in. */
  readonly theirs: FormState | undefined;
}

/** The form, kept as a draft with every change and restored from it. */
export function useCreateForm(): CreateFormDraft {
  const client = useSyncClient();
  const newest = useNewestDraft();
  /** While it is typed in, the form stays with its draft, whichever is written elsewhere. */
  const [held, hold] = useState<string>();
  const id = held ?? newest;
  const [seed] = useState(randomSeed);
  const write = useCallback(
    (state: JsonObject) => {
      if (id === undefined) client.create("drafts", { scope: SCOPE, state });
      else client.update("drafts", id, { state });
    },
    [client, id],
  );
  const draft = useDraft({ collection: "drafts", id, field: "state", parse: stateOf, write });
  const { value, theirs, onChange } = draft;
  const form = useMemo(() => parseFormState(value, seed), [value, seed]);
  const latest = useRef(form);
  useEffect(() => {
    latest.current = form;
  }, [form]);
  const edit = useCallback(
    (part: Partial<FormState>) => {
      latest.current = { ...latest.current, ...part };
      onChange({ ...latest.current });
    },
    [onChange],
  );
  return {
    form,
    edit,
    change: draft.change,
    theirs: useMemo(() => (theirs === undefined ? undefined : parseFormState(theirs, seed)), [theirs, seed]),
    takeTheirs: draft.takeTheirs,
    keepMine: draft.keepMine,
    onFocus() {
      hold(id);
      draft.onFocus();
    },
    onBlur() {
      if (theirs === undefined) hold(undefined);
      draft.onBlur();
    },
  };
}

function useNewestDraft(): string | undefined {
  const drafts = useRecords("drafts");
  return useMemo(
    () =>
      drafts
        .filter(({ scope }) => scope === SCOPE)
        .reduce<(typeof drafts)[number] | undefined>(
          (newest, each) => (newest === undefined || each.updatedAt > newest.updatedAt ? each : newest),
          undefined,
        )?.id,
    [drafts],
  );
}

function stateOf(stored: Json | undefined): JsonObject {
  return isJsonObject(stored) ? stored : EMPTY;
}
