import { Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { contentFilename, type GeneratedContent } from "@safelight/shared";
import {
  IconCopy,
  IconDownload,
  IconRefresh,
  IconStar,
  IconStarFilled,
  IconTrash,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { blobUrl } from "../../../components/picture-sources.ts";
import { formatBytes, formatDate } from "../../../domain/format.ts";
import type { FormState } from "../form/form-state.ts";
import { pictureSize } from "../library/picture-words.ts";
import { settingsOf } from "./settings-of.ts";
import styles from "./viewer.module.css";

interface ViewerDetailsProps {
  readonly content: GeneratedContent | undefined;
  readonly position: string;
  readonly onStar: () => void;
  readonly onDelete: () => void;
  readonly onReuse: (settings: Partial<FormState>) => void;
  readonly onClose: () => void;
}

export function ViewerDetails({ content, position, onStar, onDelete, onReuse, onClose }: ViewerDetailsProps) {
  const clipboard = useClipboard({ timeout: 1600 });
  if (content === undefined) return <aside className={styles["details"]} aria-label="Details" />;
  const { config, blob } = content;
  const made = content.origin === "generated";
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["Model", content.modelId === "" ? undefined : content.modelId],
    ["Seed", config.seed?.toString()],
    ["Size", pictureSize(content)],
    ["Steps", config.steps?.toString()],
    ["Guidance", (config.guidanceScale ?? guidanceOf(config))?.toString()],
    [
      "File",
      blob === undefined ? undefined : `${formatBytes(blob.sizeBytes)} · ${blob.mime.replace("image/", "")}`,
    ],
    [made ? "Made" : "Added", formatDate(content.createdAt)],
  ];
  const starred = content.star === true;
  return (
    <aside className={styles["details"]} aria-label="Details">
      <p className={styles["position"]}>{position}</p>
      <h2>{made ? "Prompt" : (content.title ?? "Upload")}</h2>
      {content.prompt !== "" && <p className={styles["prompt"]}>{content.prompt}</p>}
      {content.negativePrompt !== "" && (
        <p className={styles["negative"]}>
          <span>Not:</span> {content.negativePrompt}
        </p>
      )}
      <dl>
        {facts.map(
          ([name, value]) =>
            value !== undefined && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
        {content.jobId !== undefined && (
          <div>
            <dt>Job</dt>
            <dd>
              <Link to="/jobs/$jobId" params={{ jobId: content.jobId }}>
                Show the job
              </Link>
            </dd>
          </div>
        )}
      </dl>
      <div className={styles["actions"]}>
        <Button
          onClick={onStar}
          aria-pressed={starred}
          leftSection={
            starred ? <IconStarFilled size={16} color="var(--accent)" /> : <IconStar size={16} stroke={1.7} />
          }
        >
          {starred ? "Starred" : "Star"}
        </Button>
        {blob !== undefined && (
          <Button
            component="a"
            href={blobUrl(blob.sha256)}
            download={contentFilename(content) ?? true}
            leftSection={<IconDownload size={16} stroke={1.7} />}
          >
            Download
          </Button>
        )}
        {content.prompt !== "" && (
          <Button
            leftSection={<IconCopy size={16} stroke={1.7} />}
            onClick={() => clipboard.copy(content.prompt)}
          >
            {clipboard.copied ? "Copied" : "Copy prompt"}
          </Button>
        )}
        {made && (
          <Button
            leftSection={<IconRefresh size={16} stroke={1.7} />}
            onClick={() => {
              onReuse(settingsOf(content));
              onClose();
            }}
          >
            Reuse settings
          </Button>
        )}
        <Button
          onClick={onDelete}
          disabled={content.deletedAt !== undefined}
          leftSection={<IconTrash size={16} stroke={1.7} />}
        >
          Delete
        </Button>
      </div>
    </aside>
  );
}

function guidanceOf(config: GeneratedContent["config"]): number | undefined {
  const { guidance } = config as { readonly guidance?: unknown };
  return typeof guidance === "number" ? guidance : undefined;
}
