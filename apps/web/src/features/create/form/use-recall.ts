import { notifications } from "@mantine/notifications";
import { type PictureSettings, readPictureSettings } from "@safelight/shared/picture-metadata";
import { useRef, useState } from "react";
import { useCatalogue } from "../../../api/use-catalogue.ts";
import { useRecords } from "../../../sync/use-records.ts";
import type { FormState } from "./form-state.ts";
import { recall, type RecallPart } from "./recall.ts";
import type { Recalled } from "./recall-notice.tsx";

export interface Recall {
  /** What filled the form last, until it is closed. */
  readonly recalled: Recalled | undefined;
  /** Fills the form with what a file says of how it was made. */
  readonly fromFile: (file: File) => Promise<void>;
  readonly fromSettings: (name: string, settings: PictureSettings) => void;
  readonly take: (part: RecallPart) => void;
  readonly undo: () => void;
  readonly close: () => void;
}

/** Fills the form from pictures; the form as it was before can be had back. */
export function useRecall(form: FormState, onChange: (change: Partial<FormState>) => void): Recall {
  const catalogue = useCatalogue();
  const models = useRecords("models");
  const [recalled, setRecalled] = useState<Recalled>();
  const before = useRef(form);

  const fromSettings = (name: string, settings: PictureSettings) => {
    before.current = form;
    onChange(recall(form, settings, "all", { catalogue, models }));
    setRecalled({ name, settings });
  };
  return {
    recalled,
    fromSettings,
    async fromFile(file) {
      try {
        const settings = await readPictureSettings(new Uint8Array(await file.arrayBuffer()));
        if (settings !== undefined) fromSettings(file.name, settings);
        else notifications.show({ message: `${file.name} does not say how it was made.`, autoClose: 5000 });
      } catch (error) {
        const words = error instanceof Error ? error.message : String(error);
        notifications.show({ message: `${file.name} cannot be read: ${words}`, color: "var(--bad)" });
      }
    },
    take(part) {
      if (recalled !== undefined) {
        onChange(recall(before.current, recalled.settings, part, { catalogue, models }));
      }
    },
    undo() {
      onChange(before.current);
      setRecalled(undefined);
    },
    close: () => setRecalled(undefined),
  };
}
