import { Textarea, TextInput } from "@mantine/core";
import type { CollectionName } from "@safelight/shared";
import { type TextField, useDraftField } from "../sync/use-draft-field.ts";
import { ChangedElsewhere } from "./changed-elsewhere.tsx";

interface SyncedTextProps<C extends CollectionName> {
  readonly collection: C;
  readonly id: string;
  readonly field: TextField<C> & string;
  readonly label: string;
  readonly multiline?: boolean;
  readonly placeholder?: string;
}

/**
 * A text field of a record, written with every keystroke. What changes elsewhere meanwhile is offered below it. Give it
 * the record's id as `key`.
 */
export function SyncedText<C extends CollectionName>(props: SyncedTextProps<C>) {
  const { collection, id, field, label, multiline = false, placeholder } = props;
  const draft = useDraftField(collection, id, field);
  const common = {
    label,
    value: draft.value,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      draft.onChange(event.currentTarget.value),
    onFocus: draft.onFocus,
    onBlur: draft.onBlur,
    ...(draft.refusal === undefined ? {} : { error: `The server does not take this: ${draft.refusal}` }),
    ...(placeholder === undefined ? {} : { placeholder }),
  };
  return (
    <div>
      {multiline ? <Textarea {...common} autosize minRows={2} maxRows={10} /> : <TextInput {...common} />}
      {draft.change !== undefined && (
        <ChangedElsewhere change={draft.change} onKeepMine={draft.keepMine} onTakeTheirs={draft.takeTheirs}>
          {draft.theirs === "" ? "(empty)" : draft.theirs}
        </ChangedElsewhere>
      )}
    </div>
  );
}
