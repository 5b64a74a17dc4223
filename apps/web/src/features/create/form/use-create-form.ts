import { jsonEqual, type JsonObject } from "@safelight/shared";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useRecords } from "../../../sync/use-records.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { type FormState, parseFormState } from "./form-state.ts";
import { randomSeed } from "./random-seed.ts";

const SCOPE = "create";

/**
 * The form, kept as a draft with every change and restored from it. What another tab or device types is taken over
 * unless it is this form that is being typed in.
 */
export function useCreateForm(): readonly [FormState, (change: Partial<FormState>) => void] {
  const client = useSyncClient();
  const drafts = useRecords("drafts");
  const draft = useMemo(
    () =>
      drafts
        .filter(({ scope }) => scope === SCOPE)
        .reduce<(typeof drafts)[number] | undefined>(
          (newest, each) => (newest === undefined || each.updatedAt > newest.updatedAt ? each : newest),
          undefined,
        ),
    [drafts],
  );
  const draftId = useRef(draft?.id);
  const [form, setForm] = useState(() => parseFormState(draft?.state, randomSeed()));
  const latest = useRef(form);
  const written = useRef(draft?.state);

  useEffect(() => {
    if (draft === undefined) return;
    draftId.current ??= draft.id;
    if (written.current !== undefined && jsonEqual(draft.state, written.current)) return;
    if (document.hasFocus() && written.current !== undefined && draft.id === draftId.current) return;
    draftId.current = draft.id;
    written.current = draft.state;
    latest.current = parseFormState(draft.state, latest.current.seed);
    setForm(latest.current);
  }, [draft]);

  const change = useCallback(
    (part: Partial<FormState>) => {
      const next = { ...latest.current, ...part };
      latest.current = next;
      setForm(next);
      const state: JsonObject = { ...next };
      written.current = state;
      if (draftId.current === undefined)
        draftId.current = client.create("drafts", { scope: SCOPE, state }).id;
      else client.update("drafts", draftId.current, { state });
    },
    [client],
  );
  return [form, change];
}
