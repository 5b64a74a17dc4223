import { Button, CloseButton } from "@mantine/core";
import type { PictureSettings } from "@safelight/shared/picture-metadata";
import styles from "./recall-notice.module.css";
import type { RecallPart } from "./recall.ts";

export interface Recalled {
  readonly name: string;
  readonly settings: PictureSettings;
}

interface RecallNoticeProps {
  readonly recalled: Recalled;
  readonly onTake: (part: RecallPart) => void;
  readonly onUndo: () => void;
  readonly onClose: () => void;
}

const PROGRAMS: Readonly<Record<PictureSettings["source"], string>> = {
  safelight: "Safelight",
  a1111: "AUTOMATIC1111",
  comfyui: "ComfyUI",
  invokeai: "InvokeAI",
};

/** Says what a dropped picture filled in, and offers less of it, or none. */
export function RecallNotice({ recalled, onTake, onUndo, onClose }: RecallNoticeProps) {
  const { name, settings } = recalled;
  return (
    <output className={styles["notice"]}>
      <div className={styles["head"]}>
        <p>
          Settings of <b>{name}</b>, written by {PROGRAMS[settings.source]}
          {settings.model === undefined ? "" : ` with ${settings.model}`}
        </p>
        <CloseButton size="sm" aria-label="Close" onClick={onClose} />
      </div>
      <div className={styles["parts"]}>
        <Button size="xs" onClick={() => onTake("prompt")}>
          Prompt only
        </Button>
        {settings.seed !== undefined && (
          <Button size="xs" onClick={() => onTake("seed")}>
            Seed only
          </Button>
        )}
        <Button size="xs" variant="subtle" onClick={onUndo}>
          Undo
        </Button>
      </div>
    </output>
  );
}
