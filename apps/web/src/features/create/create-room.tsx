import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useSearch } from "@tanstack/react-router";
import type { GeneratedContent } from "@safelight/shared";
import { settingsOfContent } from "@safelight/shared/picture-metadata";
import { type DragEvent, useCallback } from "react";
import { useSyncClient } from "../../sync/sync-context.tsx";
import { PaneHandle } from "../../components/pane-handle.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useNarrow } from "../../components/use-narrow.ts";
import { usePaneWidth } from "../../components/use-pane-width.ts";
import styles from "./create-room.module.css";
import { CreateForm } from "./form/create-form.tsx";
import { FormElsewhere } from "./form/form-elsewhere.tsx";
import { RecallNotice } from "./form/recall-notice.tsx";
import { useCreateForm } from "./form/use-create-form.ts";
import { useRecall } from "./form/use-recall.ts";
import { draggedContents } from "./library/dragged-contents.ts";
import { LibraryPane } from "./library/library-pane.tsx";
import { useAddPictures } from "./upload/use-add-pictures.tsx";
import { useDroppedFiles } from "./upload/use-dropped-files.ts";

/** Make pictures (left) and see what there is (right). */
export function CreateRoom() {
  const search = useSearch({ from: "/create" });
  const draft = useCreateForm();
  const { form, edit: changeForm } = draft;
  const [sheet, { open, close }] = useDisclosure(false);
  const narrow = useNarrow();
  const pane = usePaneWidth({ pane: "create", initial: 348, min: 280, max: 520 });
  const columns = `${pane.width}px minmax(0, 1fr)`;
  const client = useSyncClient();
  const recalling = useRecall(form, changeForm);
  const addPictures = useAddPictures();
  const onFiles = useCallback((files: readonly File[]) => void addPictures(files), [addPictures]);
  const dropping = useDroppedFiles(onFiles);

  const reuse = (content: GeneratedContent) => {
    const job = content.jobId === undefined ? undefined : client.get("jobs", content.jobId);
    recalling.fromSettings(content.title ?? "the picture", settingsOfContent(content, job));
  };
  /** A picture that is dropped on the form fills it in; anywhere else it joins the library. */
  const onFormDrop = (event: DragEvent) => {
    const [id] = draggedContents(event.dataTransfer);
    const content = id === undefined ? undefined : client.get("contents", id);
    const [file] = event.dataTransfer.files;
    if (content === undefined && file === undefined) return;
    event.preventDefault();
    if (content !== undefined) reuse(content);
    else if (file !== undefined) void recalling.fromFile(file);
  };
  const formPane = (onGenerated?: () => void) => (
    <div
      className={styles["formDrop"]}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onFormDrop}
      onFocus={draft.onFocus}
      onBlur={({ currentTarget, relatedTarget }) => {
        // From one field to the next it is typed in all the same.
        if (!currentTarget.contains(relatedTarget)) draft.onBlur();
      }}
    >
      <FormElsewhere draft={draft} />
      {recalling.recalled !== undefined && (
        <RecallNotice
          recalled={recalling.recalled}
          onTake={recalling.take}
          onUndo={recalling.undo}
          onClose={recalling.close}
        />
      )}
      <CreateForm form={form} onChange={changeForm} {...(onGenerated === undefined ? {} : { onGenerated })} />
    </div>
  );

  return (
    <div className={styles["room"]} style={narrow ? undefined : { gridTemplateColumns: columns }}>
      {narrow ? (
        <Sheet
          opened={sheet}
          onClose={close}
          title="New pictures"
          size={380}
          classNames={{ header: styles["sheetHeader"] ?? "", body: styles["sheetBody"] ?? "" }}
          closeButtonProps={{ "aria-label": "Close" }}
        >
          {formPane(close)}
        </Sheet>
      ) : (
        <aside className={styles["form"]} aria-label="New pictures">
          {formPane()}
          <PaneHandle label="Width of the form" pane="left" width={pane.width} onResize={pane.resize} />
        </aside>
      )}
      <LibraryPane
        search={search}
        onAdd={onFiles}
        onReuse={(content) => {
          reuse(content);
          if (narrow) open();
        }}
      >
        {narrow && (
          <div className={styles["bar"]}>
            <Button
              variant="filled"
              h={42}
              w="100%"
              maw={420}
              leftSection={<IconPlus size={18} />}
              onClick={open}
            >
              New pictures
            </Button>
          </div>
        )}
        {dropping && (
          <div className={styles["drop"]} aria-hidden="true">
            Drop to add to the library, or on the form to fill it in
          </div>
        )}
      </LibraryPane>
    </div>
  );
}
