import { useEffect, useState } from "react";
import { useSyncClient } from "./sync-context.tsx";

/**
 * An object URL of bytes that are still only on this device; `undefined` when the server has them, and until the
 * device was asked (`ready`). The URL is released with the component.
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
      // Asked again after each change of status: once uploaded, the server's copy takes over and gets cached.
      if ((bytes === undefined) === (url === undefined) && url !== undefined) return;
      if (url !== undefined) URL.revokeObjectURL(url);
      url = bytes === undefined ? undefined : URL.createObjectURL(bytes);
      setAnswer({ sha256, url });
    };
    void look();
    const unsubscribe = client.subscribeStatus(() => {
      if (url !== undefined) void look();
    });
    return () => {
      current = false;
      unsubscribe();
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [client, sha256, enabled]);

  if (!enabled || sha256 === undefined) return { ready: true, url: undefined };
  if (answer?.sha256 !== sha256) return { ready: false, url: undefined };
  return { ready: true, url: answer.url };
}
