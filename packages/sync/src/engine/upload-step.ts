import { TransportError } from "../transport-error.ts";
import type { LeaderContext } from "./leader.ts";

/** Sends the bytes that the server lacks, one blob at a time; rows that refer to them follow. */
export function createUploadStep(context: LeaderContext): () => Promise<number | undefined> {
  const { mirror, transport, links, signal, onSent } = context;
  return async () => {
    const upload = [...mirror.uploads().values()].find(({ refused }) => refused === undefined);
    if (upload === undefined) return undefined;
    const { sha256 } = upload;
    const row = await mirror.read(["blobs"], (tables) => tables.blobs.get(sha256));
    try {
      if (row === undefined) {
        throw new TransportError("refused", "The bytes are not on this device any more.", {
          code: "blob.missing",
        });
      }
      await transport.putBlob(sha256, row.bytes, signal, (sentBytes) => onSent({ sha256, sentBytes }));
    } catch (error) {
      onSent({ sha256, sentBytes: 0 });
      if (!(error instanceof TransportError) || error.kind !== "refused") throw error;
      const refused = { code: error.code, message: error.message };
      await mirror.commit(["uploads"], async () => ({
        uploads: { put: [[sha256, { ...upload, refused }]] },
      }));
      context.pushAlarm.ring();
      return 0;
    }
    await mirror.commit(["uploads"], async () => ({ uploads: { drop: [sha256] } }));
    links.report("upload", undefined);
    context.pushAlarm.ring();
    return 0;
  };
}
