import { Button, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useCallback } from "react";
import { EmptyState } from "../../components/empty-state.tsx";
import { PaneHandle } from "../../components/pane-handle.tsx";
import { useNarrow } from "../../components/use-narrow.ts";
import { usePaneWidth } from "../../components/use-pane-width.ts";
import { useToday } from "../../components/use-today.ts";
import styles from "./create-room.module.css";
import { parseCreateSearch } from "./create-search.ts";
import { CreateForm } from "./form/create-form.tsx";
import { useCreateForm } from "./form/use-create-form.ts";
import { FilterBar } from "./library/filter-bar.tsx";
import { Library } from "./library/library.tsx";
import { useLibrary } from "./library/use-library.ts";
import { ROW_HEIGHTS, useRowSize } from "./library/use-row-size.ts";
import { useAddPictures } from "./upload/use-add-pictures.tsx";
import { useDroppedFiles } from "./upload/use-dropped-files.ts";

const Viewer = lazy(async () => ({ default: (await import("./viewer/viewer.tsx")).Viewer }));

/** Make pictures (left) and see what there is (right). */
export function CreateRoom() {
  const search = useSearch({ from: "/create" });
  const navigate = useNavigate({ from: "/create" });
  const today = useToday();
  const [form, changeForm] = useCreateForm();
  const { items, filters } = useLibrary(search, today);
  const [rowSize, setRowSize] = useRowSize();
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
      <section className={styles["library"]} aria-label="Library">
        <FilterBar
          search={search}
          filters={filters}
          rowSize={rowSize}
          onRowSize={setRowSize}
          onAdd={onFiles}
        />
        {items.length === 0 ? (
          <NothingYet filtered={search.show !== undefined} />
        ) : (
          <Library items={items} rowHeight={ROW_HEIGHTS[rowSize]} today={today} />
        )}
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
      </section>
      <Suspense fallback={null}>
        {search.picture !== undefined && (
          <Viewer
            id={search.picture}
            items={items}
            onShow={(picture) =>
              void navigate({ search: (current) => ({ ...current, picture }), replace: true })
            }
            onClose={() =>
              void navigate({ search: (current) => parseCreateSearch({ ...current, picture: undefined }) })
            }
            onReuse={(settings) => {
              changeForm(settings);
              if (narrow) open();
            }}
          />
        )}
      </Suspense>
    </div>
  );
}

function NothingYet({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <EmptyState title="Nothing here" text="No picture is in this selection." />
  ) : (
    <EmptyState
      title="No pictures yet"
      text="Write a prompt and press Generate, or drop, paste or add your own PNG, JPEG or WebP files."
    />
  );
}
