import { Button } from "@mantine/core";
import { LinkButton } from "../../../components/link-button.tsx";
import { Picture } from "../../../components/picture.tsx";
import { formatDate } from "../../../domain/format.ts";
import { kindOf, recordName } from "../../../domain/record-name.ts";
import { useRecord } from "../../../sync/use-record.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import styles from "./trash.module.css";
import type { TrashedRecord } from "./use-all-trash.ts";
import { stillOf } from "../../../domain/still-of.ts";

interface TrashRowProps {
  readonly item: TrashedRecord;
  readonly onRemove: () => void;
}

/** One deleted record: what it was, and what can be done with it. */
export function TrashRow({ item: { collection, record }, onRemove }: TrashRowProps) {
  const client = useSyncClient();
  const { id, deletedAt } = record;
  const name = recordName(collection, record);
  return (
    <li>
      {collection === "contents" && <Thumbnail id={id} />}
      <span className={styles["name"]}>
        {name}
        <small>
          {kindOf(collection)}
          {deletedAt !== undefined && ` · ${formatDate(deletedAt)}`}
        </small>
      </span>
      <span className={styles["rowActions"]}>
        <Button size="xs" onClick={() => client.restore(collection, id)} aria-label={`Restore ${name}`}>
          Restore
        </Button>
        <LinkButton
          size="xs"
          variant="subtle"
          to="/data"
          search={{ collection, record: id }}
          resetScroll={false}
          aria-label={`Versions of ${name}`}
        >
          Versions
        </LinkButton>
        <Button size="xs" variant="subtle" onClick={onRemove} aria-label={`Remove ${name} for good`}>
          Remove
        </Button>
      </span>
    </li>
  );
}

function Thumbnail({ id }: { id: string }) {
  const content = useRecord("contents", id);
  return <Picture blob={content && stillOf(content)} alt="" width={32} height={32} />;
}
