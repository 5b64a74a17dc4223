import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { FetchError } from "../../../api/fetch-error.ts";

export interface ServerAct {
  readonly isBusy: boolean;
  /** Does it unless something is under way; says in words what went wrong. Answers whether it was done. */
  readonly act: (work: () => Promise<unknown>) => Promise<boolean>;
}

/** Something that only the server can do, once at a time. */
export function useServerAct(title: string): ServerAct {
  const [isBusy, setIsBusy] = useState(false);
  const act = async (work: () => Promise<unknown>) => {
    if (isBusy) return false;
    setIsBusy(true);
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      notifications.show({
        title,
        message: error.message,
        color: "red",
        autoClose: 12_000,
        closeButtonProps: { "aria-label": "Close" },
      });
      return false;
    } finally {
      setIsBusy(false);
    }
  };
  return { isBusy, act };
}
