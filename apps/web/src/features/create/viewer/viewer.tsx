import { ActionIcon, Modal, Tooltip } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconX } from "@tabler/icons-react";
import { useEffect, useMemo } from "react";
import { isTyping } from "../../../components/is-typing.ts";
import { useDeleteRecord } from "../../../sync/use-delete-record.tsx";
import { useRecord } from "../../../sync/use-record.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import type { FormState } from "../form/form-state.ts";
import type { LibraryItem } from "../library/library-items.ts";
import { pictureTitle } from "../library/picture-words.ts";
import { FullPicture } from "./full-picture.tsx";
import { ViewerDetails } from "./viewer-details.tsx";
import styles from "./viewer.module.css";

interface ViewerProps {
  readonly id: string;
  /** The library in the order shown: where left and right lead. */
  readonly items: readonly LibraryItem[];
  readonly onShow: (id: string) => void;
  readonly onClose: () => void;
  readonly onReuse: (settings: Partial<FormState>) => void;
}

/** One picture at full size, with what is known about it. */
export function Viewer({ id, items, onShow, onClose, onReuse }: ViewerProps) {
  const client = useSyncClient();
  const deleteRecord = useDeleteRecord();
  const content = useRecord("contents", id);
  const ids = useMemo(
    () => items.flatMap((item) => (item.kind === "picture" ? [item.content.id] : [])),
    [items],
  );
  const index = ids.indexOf(id);
  const previous = index > 0 ? ids[index - 1] : undefined;
  const next = index === -1 ? undefined : ids[index + 1];

  const remove = () => {
    deleteRecord("contents", id, "Picture");
    const neighbour = next ?? previous;
    if (neighbour === undefined) onClose();
    else onShow(neighbour);
  };
  const star = () => client.update("contents", id, { star: content?.star === true ? null : true });

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "ArrowLeft" && previous !== undefined) onShow(previous);
      else if (event.key === "ArrowRight" && next !== undefined) onShow(next);
      else if (event.key === "s") star();
      else if (event.key === "Delete" && content?.deletedAt === undefined) remove();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  });

  const title = content === undefined ? "Picture" : pictureTitle(content);
  return (
    <Modal.Root opened onClose={onClose} fullScreen padding={0} transitionProps={{ duration: 0 }}>
      <Modal.Content className={styles["viewer"] ?? ""} aria-label={title} radius={0}>
        <Modal.Body className={styles["body"] ?? ""}>
          <div className={styles["stage"]}>
            {content === undefined || content.deletedAt !== undefined ? (
              <p className={styles["gone"]}>
                {content === undefined
                  ? "This picture is not on this device."
                  : "This picture lies in the trash. The Data room can bring it back."}
              </p>
            ) : (
              <FullPicture key={id} content={content} title={title} />
            )}
            <Step label="Previous picture" side="left" to={previous} onShow={onShow} />
            <Step label="Next picture" side="right" to={next} onShow={onShow} />
          </div>
          <ViewerDetails
            content={content}
            position={index === -1 ? "" : `${index + 1} of ${ids.length}`}
            onStar={star}
            onDelete={remove}
            onReuse={onReuse}
            onClose={onClose}
          />
          <Tooltip label="Close (Esc)">
            <ActionIcon className={styles["close"] ?? ""} size={36} aria-label="Close" onClick={onClose}>
              <IconX size={20} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Step(props: {
  readonly label: string;
  readonly side: "left" | "right";
  readonly to: string | undefined;
  readonly onShow: (id: string) => void;
}) {
  const { label, side, to, onShow } = props;
  if (to === undefined) return null;
  const Icon = side === "left" ? IconChevronLeft : IconChevronRight;
  return (
    <ActionIcon
      className={styles["step"] ?? ""}
      data-side={side}
      size={44}
      aria-label={label}
      onClick={() => onShow(to)}
    >
      <Icon size={26} stroke={1.6} />
    </ActionIcon>
  );
}
