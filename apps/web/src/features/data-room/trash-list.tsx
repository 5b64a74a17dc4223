import { Button } from "@mantine/core";
import type { CollectionName } from "@safelight/shared";
import { Nothing } from "../../components/page.tsx";
import { Picture } from "../../components/picture.tsx";
import { RowList } from "../../components/row-list.tsx";
import { formatDate } from "../../domain/format.ts";
import { useSyncClient } from "../../sync/sync-context.tsx";
import { useTrash } from "../../sync/use-trash.ts";

const MAX_SHOWN = 100;

/** Deleted pictures, jobs and gallery sessions, each with a way back. */
export function TrashList() {
  const client = useSyncClient();
  const contents = useTrash("contents");
  const jobs = useTrash("jobs");
  const sessions = useTrash("gallerySessions");
  const rows = [
    ...contents.map((content) => ({
      collection: "contents" as const,
      id: content.id,
      deletedAt: content.deletedAt ?? "",
      title: content.title ?? (content.prompt === "" ? "Picture" : content.prompt),
      picture: <Picture blob={content.blob} alt="" width={32} height={32} />,
    })),
    ...jobs.map((job) => ({
      collection: "jobs" as const,
      id: job.id,
      deletedAt: job.deletedAt ?? "",
      title: `Job ${job.number ?? ""} · ${job.prompt}`,
      picture: undefined,
    })),
    ...sessions.map((session) => ({
      collection: "gallerySessions" as const,
      id: session.id,
      deletedAt: session.deletedAt ?? "",
      title: `Gallery · ${session.name}`,
      picture: undefined,
    })),
  ].sort((a, b) => (a.deletedAt < b.deletedAt ? 1 : -1));

  if (rows.length === 0) return <Nothing>The trash is empty.</Nothing>;
  const restore = (collection: CollectionName, id: string) => client.restore(collection, id);
  return (
    <RowList
      label="Trash"
      rows={rows.slice(0, MAX_SHOWN).map((row) => ({
        key: row.id,
        title: row.picture ?? row.title,
        detail: row.picture === undefined ? formatDate(row.deletedAt) : row.title,
        end: (
          <Button
            size="xs"
            onClick={() => restore(row.collection, row.id)}
            aria-label={`Restore ${row.title}`}
          >
            Restore
          </Button>
        ),
      }))}
    />
  );
}
