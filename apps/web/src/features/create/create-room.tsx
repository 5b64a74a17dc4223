import { Button, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { PaneHandle } from "../../components/pane-handle.tsx";
import { useNarrow } from "../../components/use-narrow.ts";
import { usePaneWidth } from "../../components/use-pane-width.ts";
import styles from "./create-room.module.css";
import { CreateForm } from "./form/create-form.tsx";
import { useCreateForm } from "./form/use-create-form.ts";
import { LibraryPane } from "./library/library-pane.tsx";
import { useAddPictures } from "./upload/use-add-pictures.tsx";
import { useDroppedFiles } from "./upload/use-dropped-files.ts";

/** Make pictures (left) and see what there is (right). */
export function CreateRoom() {
  const search = useSearch({ from: "/create" });
  const [form, changeForm] = useCreateForm();
  const [sheet, { open, close }] = useDisclosure(false);
  const narrow = useNarrow();
  const pane = usePaneWidth({ pane: "create", initial: 348, min: 280, max: 520 });
  const columns = `${pane.width}px minmax(0, 1fr)`;
  const addPictures = useAddPictures();
  const onFiles = useCallback((files: readonly File[]) => void addPictures(files), [addPictures]);
  const dropping = useDroppedFiles(onFiles);

  return (
    <div className={styles["room"]} style={narrow ? undefined : { gridTemplateColumns: columns }}>
      {narrow ? (
        <Drawer
          opened={sheet}
          onClose={close}
          title="New pictures"
          size={380}
          padding={0}
          classNames={{ header: styles["sheetHeader"] ?? "", body: styles["sheetBody"] ?? "" }}
          closeButtonProps={{ "aria-label": "Close" }}
        >
          <CreateForm form={form} onChange={changeForm} onGenerated={close} />
        </Drawer>
      ) : (
        <aside className={styles["form"]} aria-label="New pictures">
          <CreateForm form={form} onChange={changeForm} />
          <PaneHandle label="Width of the form" pane="left" width={pane.width} onResize={pane.resize} />
        </aside>
      )}
      <LibraryPane
        search={search}
        onAdd={onFiles}
        onReuse={(settings) => {
          changeForm(settings);
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
            Drop to add to the library
          </div>
        )}
      </LibraryPane>
    </div>
  );
}
