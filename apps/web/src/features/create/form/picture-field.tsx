import { isJsonObject, type BlobRef, type Json } from "@safelight/shared";
import { ActionIcon, Button, Input, Popover, UnstyledButton } from "@mantine/core";
import { IconPhotoPlus, IconX } from "@tabler/icons-react";
import { type DragEvent, useId, useRef, useState } from "react";
import { Picture } from "../../../components/picture.tsx";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { useRecords } from "../../../sync/use-records.ts";
import { draggedContents } from "../library/dragged-contents.ts";
import { keepMedia } from "../upload/keep-media.ts";
import styles from "./inputs.module.css";

interface PictureFieldProps {
  readonly label: string;
  readonly description: string;
  readonly value: Json | undefined;
  readonly error: string | undefined;
  readonly onChange: (value: Json | undefined) => void;
}

/** Recent pictures that are offered; all of them can be dragged here from the library. */
const OFFERED = 24;

/** A picture to work from: out of the library by click or drag, or from the disk, which also adds it to the library. */
export function PictureField({ label, description, value, error, onChange }: PictureFieldProps) {
  const client = useSyncClient();
  const [opened, setOpened] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const file = useRef<HTMLInputElement>(null);
  const labelId = useId();
  const blob = blobOf(value);

  const take = async (files: readonly File[]) => {
    const [first] = files;
    if (first === undefined) return;
    const kept = await keepMedia(client, first, "image");
    setRefusal(kept.ok ? undefined : kept.reason);
    if (kept.ok) onChange({ ...kept.blob });
  };
  const onDrop = (event: DragEvent) => {
    const [id] = draggedContents(event.dataTransfer);
    const content = id === undefined ? undefined : client.get("contents", id);
    const dragged = content?.blob?.mime.startsWith("image/") === true ? content.blob : undefined;
    const files = [...event.dataTransfer.files];
    if (dragged === undefined && files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    if (dragged === undefined) void take(files);
    else onChange({ ...dragged });
  };

  return (
    <Input.Wrapper
      label={label}
      labelProps={{ id: labelId }}
      labelElement="div"
      error={error ?? refusal}
      {...(description === "" ? {} : { title: description })}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
    >
      <Popover opened={opened} onChange={setOpened} position="bottom-start" width={320} trapFocus>
        <div className={styles["picture"]}>
          <Popover.Target>
            <UnstyledButton
              className={styles["choose"]}
              aria-labelledby={labelId}
              onClick={() => setOpened((before) => !before)}
            >
              {blob === undefined ? (
                <span className={styles["empty"]}>
                  <IconPhotoPlus size={18} stroke={1.6} aria-hidden="true" />
                  Choose or drop a picture
                </span>
              ) : (
                <>
                  <Picture blob={blob} alt="" width={44} height={44} mayBeLocal />
                  <span className={styles["name"]}>{blob.name ?? "From the library"}</span>
                </>
              )}
            </UnstyledButton>
          </Popover.Target>
          {blob !== undefined && (
            <ActionIcon
              size={30}
              aria-label={`No ${label.toLowerCase()}`}
              onClick={() => onChange(undefined)}
            >
              <IconX size={16} stroke={1.7} />
            </ActionIcon>
          )}
        </div>
        <Popover.Dropdown aria-label={label} p={12}>
          <RecentPictures
            onChoose={(chosen) => {
              onChange({ ...chosen });
              setOpened(false);
            }}
          />
          <Button
            mt={10}
            fullWidth
            onClick={() => {
              file.current?.click();
              setOpened(false);
            }}
          >
            From this device…
          </Button>
        </Popover.Dropdown>
      </Popover>
      <input
        ref={file}
        type="file"
        hidden
        accept="image/*"
        onChange={(event) => {
          void take([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
    </Input.Wrapper>
  );
}

function RecentPictures({ onChoose }: { readonly onChoose: (blob: BlobRef) => void }) {
  const contents = useRecords("contents");
  const pictures: { id: string; words: string; blob: BlobRef }[] = [];
  for (const { id, type, blob, title, prompt } of contents) {
    if (type !== "image" || blob === undefined) continue;
    pictures.push({ id, blob, words: title ?? (prompt === "" ? "Picture" : prompt.slice(0, 80)) });
    if (pictures.length >= OFFERED) break;
  }
  if (pictures.length === 0) return <p className={styles["none"]}>The library has no pictures yet.</p>;
  return (
    <div className={styles["recent"]}>
      {pictures.map(({ id, words, blob }) => (
        <UnstyledButton key={id} aria-label={words} title={words} onClick={() => onChoose(blob)}>
          <Picture blob={blob} alt="" width={66} height={66} mayBeLocal />
        </UnstyledButton>
      ))}
    </div>
  );
}

function blobOf(value: Json | undefined): BlobRef | undefined {
  if (!isJsonObject(value)) return undefined;
  const { sha256, sizeBytes, mime } = value;
  const isBlob = typeof sha256 === "string" && typeof sizeBytes === "number" && typeof mime === "string";
  return isBlob ? { ...value, sha256, sizeBytes, mime } : undefined;
}
