import { Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import type { GeneratedContent } from "@safelight/shared";
import {
  IconClipboardText,
  IconCopy,
  IconDownload,
  IconRefresh,
  IconStar,
  IconStarFilled,
  IconTrash,
} from "@tabler/icons-react";
import { useState } from "react";
import { ConflictNotice } from "../../../components/conflict-notice.tsx";
import { SyncedText } from "../../../components/synced-text.tsx";
import { useRecord } from "../../../sync/use-record.ts";
import { BoardMenu } from "../boards/board-menu.tsx";
import { a1111Text } from "../download/a1111-text.ts";
import { isMade } from "../library/picture-words.ts";
import { DOWNLOAD_VARIANTS } from "../download/download-variants.ts";
import { useDownload } from "../download/use-download.tsx";
import { TagMenu } from "../select/tag-menu.tsx";
import type { PictureActions } from "../select/use-picture-actions.tsx";
import { Lineage } from "./lineage.tsx";
import { fileFacts, settingsFacts } from "./settings-facts.ts";
import { useFactNames } from "./use-fact-names.ts";
import styles from "./viewer.module.css";

interface ViewerDetailsProps {
  readonly content: GeneratedContent | undefined;
  readonly position: string;
  readonly actions: PictureActions;
  readonly onStar: () => void;
  readonly onDelete: () => void;
  readonly onShow: (id: string) => void;
  readonly onReuse: (content: GeneratedContent) => void;
  readonly onClose: () => void;
}

/** What is known of a picture, and what can be done with it. */
export function ViewerDetails(props: ViewerDetailsProps) {
  const { content, position, onShow } = props;
  const names = useFactNames();
  const board = useRecord("boards", content?.boardId);
  if (content === undefined) return <aside className={styles["details"]} aria-label="Details" />;
  const made = isMade(content);
  const facts = [...settingsFacts(content, names), ...fileFacts(content)];
  if (board !== undefined && board.deletedAt === undefined) facts.push(["Board", board.name]);
  return (
    <aside className={styles["details"]} aria-label="Details">
      <p className={styles["position"]}>{position}</p>
      <h2>{made ? "Prompt" : (content.title ?? "Upload")}</h2>
      <ConflictNotice collection="contents" id={content.id} />
      {content.prompt !== "" && <p className={styles["prompt"]}>{content.prompt}</p>}
      {content.negativePrompt !== "" && (
        <p className={styles["negative"]}>
          <span>Not:</span> {content.negativePrompt}
        </p>
      )}
      {(content.tags ?? []).length > 0 && (
        <ul className={styles["tags"]} aria-label="Tags">
          {(content.tags ?? []).map((tag) => (
            <li key={tag}>{tag}</li>
          ))}
        </ul>
      )}
      <SyncedText key={content.id} collection="contents" id={content.id} field="title" label="Title" />
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Lineage content={content} onShow={onShow} />
      <DetailActions {...props} content={content} />
    </aside>
  );
}

function DetailActions(props: ViewerDetailsProps & { readonly content: GeneratedContent }) {
  const { content, actions, onStar, onDelete, onReuse, onClose } = props;
  const prompt = useClipboard({ timeout: 1600 });
  const settings = useClipboard({ timeout: 1600 });
  const download = useDownload();
  const [menu, setMenu] = useState<"tag" | "board">();
  const ids = new Set([content.id]);
  const starred = content.star === true;
  const icon = { size: 16, stroke: 1.7 };
  const variants = DOWNLOAD_VARIANTS.filter((variant) => variant.appliesTo(content));
  return (
    <div className={styles["actions"]}>
      <div className={styles["marks"]}>
        <Button
          onClick={onStar}
          aria-pressed={starred}
          leftSection={starred ? <IconStarFilled size={16} color="var(--accent)" /> : <IconStar {...icon} />}
        >
          {starred ? "Starred" : "Star"}
        </Button>
        <TagMenu
          ids={ids}
          actions={actions}
          opened={menu === "tag"}
          onOpened={(opened) => setMenu(opened ? "tag" : undefined)}
        />
        <BoardMenu
          ids={ids}
          actions={actions}
          opened={menu === "board"}
          onOpened={(opened) => setMenu(opened ? "board" : undefined)}
        />
      </div>
      {content.blob !== undefined &&
        variants.map((variant) => (
          <Button
            key={variant.id}
            className={variants.length > 1 ? (styles["whole"] ?? "") : ""}
            leftSection={<IconDownload {...icon} />}
            onClick={() => void download([content.id], variant)}
          >
            {variants.length === 1 ? "Download" : `Download ${variant.label}`}
          </Button>
        ))}
      {content.prompt !== "" && (
        <>
          <Button leftSection={<IconCopy {...icon} />} onClick={() => prompt.copy(content.prompt)}>
            {prompt.copied ? "Copied" : "Copy prompt"}
          </Button>
          <Button
            leftSection={<IconClipboardText {...icon} />}
            title="As AUTOMATIC1111 writes them"
            onClick={() => settings.copy(a1111Text(content))}
          >
            {settings.copied ? "Copied" : "Copy settings"}
          </Button>
        </>
      )}
      {isMade(content) && (
        <Button
          leftSection={<IconRefresh {...icon} />}
          onClick={() => {
            onReuse(content);
            onClose();
          }}
        >
          Reuse settings
        </Button>
      )}
      <Button
        onClick={onDelete}
        disabled={content.deletedAt !== undefined}
        leftSection={<IconTrash {...icon} />}
      >
        Delete
      </Button>
    </div>
  );
}
