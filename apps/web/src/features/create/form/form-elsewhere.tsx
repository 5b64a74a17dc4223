import { type Json, jsonEqual } from "@safelight/shared";
import { ChangedElsewhere } from "../../../components/changed-elsewhere.tsx";
import { fieldsWords } from "../../../domain/field-words.ts";
import type { FormState } from "./form-state.ts";
import type { CreateFormDraft } from "./use-create-form.ts";

/** What another device made of the form while this one is typed in; nothing while they agree. */
export function FormElsewhere({ draft }: { draft: CreateFormDraft }) {
  const { form, theirs, change, keepMine, takeTheirs } = draft;
  if (theirs === undefined || change === undefined) return null;
  const others = differing(form, theirs).filter((name) => name !== "prompt");
  return (
    <ChangedElsewhere change={change} onKeepMine={keepMine} onTakeTheirs={takeTheirs}>
      {theirs.prompt !== form.prompt && <>{theirs.prompt === "" ? "(no prompt)" : theirs.prompt}</>}
      {others.length > 0 && <div>Different there: {fieldsWords(others)}</div>}
    </ChangedElsewhere>
  );
}

function differing(mine: FormState, theirs: FormState): string[] {
  const [left, right]: Record<string, Json>[] = [{ ...mine }, { ...theirs }];
  return Object.keys(mine).filter((name) => !jsonEqual(left?.[name], right?.[name]));
}
