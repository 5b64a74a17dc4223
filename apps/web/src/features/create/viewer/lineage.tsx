import type { GeneratedContent } from "@safelight/shared";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { Picture } from "../../../components/picture.tsx";
import { useRecord } from "../../../sync/use-record.ts";
import { useRecords } from "../../../sync/use-records.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { pictureTitle } from "../library/picture-words.ts";
import { jobsByInput, picturesGivenTo } from "./picture-inputs.ts";
import { stillOf } from "../../../domain/still-of.ts";
import styles from "./viewer.module.css";

const MOST_SHOWN = 12;

interface LineageProps {
  readonly content: GeneratedContent;
  readonly onShow: (id: string) => void;
}

/** Where a picture comes from and what was made of it. */
export function Lineage({ content, onShow }: LineageProps) {
  const client = useSyncClient();
  const contents = useRecords("contents");
  const jobs = useRecords("jobs");
  const job = useRecord("jobs", content.jobId);
  const byInput = useMemo(() => jobsByInput(jobs), [jobs]);
  const sources = useMemo(() => {
    const given = new Set(job === undefined ? [] : picturesGivenTo(job));
    if (given.size === 0) return [];
    return onePerPicture(
      contents.filter(({ id, blob }) => id !== content.id && given.has(blob?.sha256 ?? "")),
    );
  }, [job, contents, content.id]);
  const made = useMemo(() => {
    const users = content.blob === undefined ? [] : (byInput.get(content.blob.sha256) ?? []);
    return users.flatMap(({ results }) =>
      results.flatMap((id) => {
        const result = client.get("contents", id);
        return result === undefined || result.deletedAt !== undefined ? [] : [result];
      }),
    );
  }, [byInput, client, content.blob]);
  const siblings = useMemo(
    () =>
      (job?.results ?? []).flatMap((id) => {
        const sibling = id === content.id ? undefined : client.get("contents", id);
        return sibling === undefined || sibling.deletedAt !== undefined ? [] : [sibling];
      }),
    [job, client, content.id],
  );
  return (
    <>
      {content.jobId !== undefined && (
        <p className={styles["job"]}>
          <Link to="/jobs/$jobId" params={{ jobId: content.jobId }}>
            {job?.number === undefined ? "Show the job" : `Job ${job.number}`}
          </Link>
        </p>
      )}
      <Strip title="Made from" contents={sources} onShow={onShow} />
      <Strip title="Made from this" contents={made} onShow={onShow} />
      <Strip title="Of the same job" contents={siblings} onShow={onShow} />
    </>
  );
}

function Strip(props: {
  readonly title: string;
  readonly contents: readonly GeneratedContent[];
  readonly onShow: (id: string) => void;
}) {
  const { title, contents, onShow } = props;
  if (contents.length === 0) return null;
  return (
    <section className={styles["strip"]} aria-label={title}>
      <h3>{title}</h3>
      <div>
        {contents.slice(0, MOST_SHOWN).map((content) => (
          <button
            key={content.id}
            type="button"
            aria-label={`Show ${pictureTitle(content)}`}
            title={pictureTitle(content)}
            onClick={() => onShow(content.id)}
          >
            <Picture blob={stillOf(content)} alt="" width={56} height={56} />
          </button>
        ))}
      </div>
    </section>
  );
}

/** The same bytes may have been added twice: one of them is enough to show where something came from. */
function onePerPicture(contents: readonly GeneratedContent[]): readonly GeneratedContent[] {
  return [...new Map(contents.map((content) => [content.blob?.sha256 ?? content.id, content])).values()];
}
