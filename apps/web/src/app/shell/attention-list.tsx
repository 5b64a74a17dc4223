import { Button } from "@mantine/core";
import type { AttentionItem } from "@safelight/sync";
import { useState } from "react";
import { describeChange } from "../../domain/describe-change.ts";
import { fieldWords } from "../../domain/field-words.ts";
import { formatTime } from "../../domain/format.ts";
import { useSyncClient } from "../../sync/sync-context.tsx";
import { useAttention } from "../../sync/use-attention.ts";
import { useDiscardAttention } from "../../sync/use-discard-attention.ts";
import { AttentionEditor } from "./attention-editor.tsx";
import styles from "./save-panel.module.css";

/** Changes that the server refused, each with what can be done about it. */
export function AttentionList() {
  const items = useAttention();
  const [edited, setEdited] = useState<AttentionItem>();
  if (items.length === 0) return null;
  return (
    <section className={styles["part"]} aria-label="What needs attention">
      <h3>Refused by the server</h3>
      <ul className={styles["cards"]}>
        {items.map((item) => (
          <AttentionRow key={item.n} item={item} onEdit={() => setEdited(item)} />
        ))}
      </ul>
      {edited !== undefined && (
        <AttentionEditor key={edited.n} item={edited} onClose={() => setEdited(undefined)} />
      )}
    </section>
  );
}

function AttentionRow({ item, onEdit }: { item: AttentionItem; onEdit: () => void }) {
  const client = useSyncClient();
  const discard = useDiscardAttention();
  const { set = {} } = item;
  const title = describeChange(
    { ...item, fields: Object.keys(set) },
    { ...client.get(item.collection, item.id), ...set },
  );
  const field = item.path.split("/").findLast((part) => part !== "");
  return (
    <li>
      <header>
        <strong>{title}</strong>
        <small>{formatTime(item.at)}</small>
      </header>
      <span>
        {field === undefined ? "" : `${fieldWords(field)}: `}
        {item.message}
      </span>
      <div className={styles["actions"]}>
        <Button size="xs" onClick={() => void client.retryAttention(item.n)}>
          Try again
        </Button>
        {Object.keys(set).length > 0 && (
          <Button size="xs" onClick={onEdit}>
            Edit
          </Button>
        )}
        <Button size="xs" onClick={() => discard(item)}>
          Discard
        </Button>
      </div>
    </li>
  );
}
