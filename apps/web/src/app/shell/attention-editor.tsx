import { Button, JsonInput, Modal, NumberInput, Switch, Textarea } from "@mantine/core";
import type { Json, JsonObject } from "@safelight/shared";
import type { AttentionItem } from "@safelight/sync";
import { type FormEvent, useState } from "react";
import { describeChange } from "../../domain/describe-change.ts";
import { type FieldLeaf, fieldLeaves, withLeaf } from "../../domain/field-leaves.ts";
import { useSyncClient } from "../../sync/sync-context.tsx";
import styles from "./attention-editor.module.css";

/** The fields of a change that the server refused, with its reason at the field; saving sends the change again. */
export function AttentionEditor({ item, onClose }: { item: AttentionItem; onClose: () => void }) {
  const client = useSyncClient();
  const [set, setSet] = useState<JsonObject>(item.set ?? {});
  const [unreadable, setUnreadable] = useState<ReadonlySet<string>>(new Set());
  const leaves = fieldLeaves(item.set ?? {});
  const atLeaf = leaves.some(({ path }) => path === item.path);
  const title = describeChange(
    { ...item, fields: Object.keys(set) },
    { ...client.get(item.collection, item.id), ...set },
  );

  const change = (path: string, value: Json) => setSet((before) => withLeaf(before, path, value));
  const mark = (path: string, isUnreadable: boolean) =>
    setUnreadable((before) => {
      const next = new Set(before);
      if (isUnreadable) next.add(path);
      else next.delete(path);
      return next;
    });
  const save = (event: FormEvent) => {
    event.preventDefault();
    void client.editAttention(item.n, set);
    onClose();
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={560}
      zIndex={400}
      styles={{ title: { overflowWrap: "anywhere" } }}
    >
      <form className={styles["form"]} onSubmit={save}>
        {!atLeaf && <p className={styles["reason"]}>{item.message}</p>}
        {leaves.map((leaf) => (
          <LeafInput
            key={leaf.path}
            leaf={leaf}
            error={leaf.path === item.path ? item.message : undefined}
            onChange={(value) => change(leaf.path, value)}
            onUnreadable={(is) => mark(leaf.path, is)}
          />
        ))}
        <div className={styles["actions"]}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" disabled={unreadable.size > 0}>
            Send with these values
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface LeafInputProps {
  readonly leaf: FieldLeaf;
  readonly error: string | undefined;
  readonly onChange: (value: Json) => void;
  /** Whether the text stands for no value at the moment. */
  readonly onUnreadable: (is: boolean) => void;
}

function LeafInput({ leaf: { label, value }, error, onChange, onUnreadable }: LeafInputProps) {
  const common = { label, ...(error === undefined ? {} : { error, "data-autofocus": true }) };
  if (typeof value === "string") {
    return (
      <Textarea
        {...common}
        defaultValue={value}
        autosize
        maxRows={10}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  if (typeof value === "number") {
    return (
      <NumberInput
        {...common}
        defaultValue={value}
        onChange={(next) => {
          onUnreadable(typeof next !== "number");
          if (typeof next === "number") onChange(next);
        }}
      />
    );
  }
  if (typeof value === "boolean") {
    return (
      <Switch
        {...common}
        defaultChecked={value}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  return (
    <JsonInput
      {...common}
      description="As JSON; null removes the field"
      defaultValue={JSON.stringify(value, null, 1)}
      autosize
      maxRows={10}
      validationError="This is not JSON"
      onChange={(text) => {
        const parsed = parse(text);
        onUnreadable(parsed === undefined);
        if (parsed !== undefined) onChange(parsed.value);
      }}
    />
  );
}

function parse(text: string): { readonly value: Json } | undefined {
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    // Being typed.
    return undefined;
  }
}
