import { createHash } from "node:crypto";
import type { ProviderApi } from "../http/provider-api.ts";
import { ProviderError } from "../provider-error.ts";
import type { ProviderHost } from "../provider-host.ts";
import type { SettingValues } from "../setting-values.ts";
import { makeTrainingZip } from "../training/training-zip.ts";
import { ReplicateFile } from "./replicate-answers.ts";
import type { ReplicateUpload } from "./replicate-model.ts";

const UPLOAD_TIMEOUT_MS = 10 * 60_000;

/** Sends inputs to Replicate's files, which is free and may be done again. Resolves with the file's address there. */
export function createReplicateUploads(options: {
  readonly api: ProviderApi;
  readonly host: ProviderHost;
  readonly settings: SettingValues;
}) {
  const { api, host, settings } = options;

  async function read(upload: ReplicateUpload, jobId: string, signal: AbortSignal) {
    if ("images" in upload) {
      const { images, triggerWord } = upload;
      const readBlob = async (sha256: string) => host.readBlob(sha256);
      const bytes = await makeTrainingZip({ images, triggerWord, readBlob, signal });
      return { bytes, name: `${jobId}.zip`, mime: "application/zip" };
    }
    const { sha256, mime, name = sha256.slice(0, 16) } = upload.blob;
    return { bytes: await host.readBlob(sha256), name, mime };
  }

  return {
    async send(upload: ReplicateUpload, jobId: string, signal: AbortSignal): Promise<string> {
      const { bytes, name, mime } = await read(upload, jobId, signal);
      const form = new FormData();
      form.append("content", new File([Buffer.from(bytes)], name, { type: mime }));
      form.append("metadata", new Blob([JSON.stringify({ job: jobId })], { type: "application/json" }));
      const { body } = await api.read(ReplicateFile, {
        url: `${settings.url("apiUrl")}/files`,
        method: "POST",
        body: form,
        signal,
        timeoutMs: UPLOAD_TIMEOUT_MS,
      });
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const stored = body.checksums?.sha256;
      if (stored !== undefined && stored.toLowerCase() !== sha256) {
        throw new ProviderError("provider.unavailable", "Replicate did not receive a file as it was sent.");
      }
      return body.urls.get;
    },
  };
}
