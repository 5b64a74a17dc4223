import { useEffect, useState } from "react";

/** What this browser gives to the page, in bytes. */
export interface StorageRoom {
  readonly usedBytes: number;
  readonly quotaBytes: number;
}

/** `undefined` until the browser has told, and where it does not. */
export function useStorageRoom(): StorageRoom | undefined {
  const [room, setRoom] = useState<StorageRoom>();
  useEffect(() => {
    const ask = async () => {
      const { storage } = navigator as { readonly storage?: StorageManager };
      const { usage, quota } = (await storage?.estimate()) ?? {};
      if (usage !== undefined && quota !== undefined) setRoom({ usedBytes: usage, quotaBytes: quota });
    };
    // Refused: then the figures are left out.
    ask().catch(() => undefined);
  }, []);
  return room;
}
