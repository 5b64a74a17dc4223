import type { GeneratedContent } from "@safelight/shared";
import { ActionIcon } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useRecord } from "../../../sync/use-record.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { useWindowKeys } from "../../../components/use-window-keys.ts";
import { FullWindow } from "../full-window.tsx";
import { pictureTitle } from "../library/picture-words.ts";
import type { PictureActions } from "../select/use-picture-actions.tsx";
import { playByKey } from "../clips/play-by-key.ts";
import { zoomOfKey } from "../zoom/zoom-keys.ts";
import { ZoomStage } from "../zoom/zoom-stage.tsx";
import { FITTED } from "../zoom/zoom.ts";
import { FullPicture } from "./full-picture.tsx";
import { useNeighboursAhead } from "./use-neighbours-ahead.ts";
import { ViewerDetails } from "./viewer-details.tsx";
import styles from "./viewer.module.css";

interface ViewerProps {
  readonly id: string;
  /** The pictures in the order shown: where left and right lead. */
  readonly ids: readonly string[];
  readonly actions: PictureActions;
  readonly onShow: (id: string) => void;
  readonly onClose: () => void;
  readonly onReuse: (content: GeneratedContent) => void;
}

/** One picture at full size, with what is known about it. */
export function Viewer({ id, ids, actions, onShow, onClose, onReuse }: ViewerProps) {
  const client = useSyncClient();
  const content = useRecord("contents", id);
  const panel = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(FITTED);
  const [zoomedId, setZoomedId] = useState(id);
  if (zoomedId !== id) {
    setZoomedId(id);
    setZoom(FITTED);
  }
  const index = ids.indexOf(id);
  const previous = index > 0 ? ids[index - 1] : undefined;
  const next = index === -1 ? undefined : ids[index + 1];
  useNeighboursAhead([next, previous]);

  const remove = () => {
    actions.trash([id]);
    const neighbour = next ?? previous;
    if (neighbour === undefined) onClose();
    else onShow(neighbour);
  };
  const star = () => client.update("contents", id, { star: content?.star === true ? null : true });

  // With what is on the screen: a key that comes the moment after is about this picture, not about the one before.
  useWindowKeys(
    (event) => {
      const player = zoom.scale === 1 ? stage.current?.querySelector("video") : undefined;
      // On a button the key is the button's.
      const isPlayed = player && !(event.key === " " && event.target instanceof HTMLButtonElement);
      if (isPlayed && playByKey(player, event)) return true;
      const size = { x: stage.current?.clientWidth ?? 0, y: stage.current?.clientHeight ?? 0 };
      const zoomed = zoomOfKey(event, size);
      if (zoomed !== undefined) setZoom(zoomed);
      else if (event.key === "ArrowLeft" && previous !== undefined) onShow(previous);
      else if (event.key === "ArrowRight" && next !== undefined) onShow(next);
      else if (event.key === "s") star();
      else if (event.key === "Delete" && content?.deletedAt === undefined) remove();
      else return false;
      return true;
    },
    { about: panel },
  );

  const title = content === undefined ? "Picture" : pictureTitle(content);
  return (
    <FullWindow label={title} about={panel} className={styles["body"]} onClose={onClose}>
      {/* The keys of the viewer come first: on a button some of them would be the button's. */}
      <div ref={panel} className={styles["stage"]} tabIndex={-1} data-autofocus>
        {content === undefined ? (
          <p className={styles["gone"]}>This picture is not on this device.</p>
        ) : (
          <ZoomStage zoom={zoom} onZoom={setZoom} stage={stage}>
            <FullPicture key={id} content={content} title={title} />
          </ZoomStage>
        )}
        {content?.deletedAt !== undefined && (
          <p className={styles["note"]}>This picture lies in the trash.</p>
        )}
        <Step label="Previous picture" side="left" to={previous} onShow={onShow} />
        <Step label="Next picture" side="right" to={next} onShow={onShow} />
      </div>
      <ViewerDetails
        content={content}
        position={index === -1 ? "" : `${index + 1} of ${ids.length}`}
        actions={actions}
        onStar={star}
        onDelete={remove}
        onShow={onShow}
        onReuse={onReuse}
        onClose={onClose}
      />
    </FullWindow>
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
