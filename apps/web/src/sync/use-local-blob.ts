import { useEffect, useState } from "react";
import { useSyncClient } from "./sync-context.tsx";

/**
 * An object URL of this device's own copy of some bytes; `undefined` when it keeps none, and until it was asked
 * (`ready`). The URL is released with the component.
 */
export function useLocalBlob(
  sha256: string | undefined,
  enabled: boolean,
): { readonly ready: boolean; readonly url: string | undefined } {
  const client = useSyncClient();
  const [answer, setAnswer] = useState<{ sha256: string; url: string | undefined }>();

  useEffect(() => {
    if (!enabled || sha256 === undefined) return undefined;
    let current = true;
    let url: string | undefined;
    const look = async () => {
      const bytes = await client.localBlob(sha256);
      if (!current) return;
      url = bytes === undefined ? undefined : URL.createObjectURL(bytes);
      setAnswer({ sha256, url });
    };
    void look();
    return () => {
      current = false;
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [client, sha256, enabled]);

  if (!enabled || sha256 === undefined) return { ready: true, url: undefined };
  if (answer?.sha256 !== sha256) return { ready: false, url: undefined };
  return { ready: true, url: answer.url };
}
