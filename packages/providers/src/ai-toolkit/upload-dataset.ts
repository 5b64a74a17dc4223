import { Type } from "@sinclair/typebox";
import type { ProviderApi } from "../http/provider-api.ts";
import type { TrainingImage } from "../inputs.ts";
import { pictureOfBlob } from "../picture-of-blob.ts";
import type { ProviderHost } from "../provider-host.ts";
import { triggerCaption } from "../training/trigger-caption.ts";

const Created = Type.Object({ name: Type.String({ minLength: 1 }) });
const Uploaded = Type.Object({ files: Type.Array(Type.String()) });
const Folders = Type.Object({
  DATASETS_FOLDER: Type.String({ minLength: 1 }),
  TRAINING_FOLDER: Type.String({ minLength: 1 }),
});

/** Pictures in one request, so that none is too large for the trainer or for memory. */
const PER_REQUEST = 8;
const UPLOAD_TIMEOUT_MS = 5 * 60_000;

export interface UploadDatasetOptions {
  readonly api: ProviderApi;
  readonly base: string;
  readonly host: Pick<ProviderHost, "readBlob">;
  readonly name: string;
  readonly images: readonly TrainingImage[];
  readonly triggerWord: string | undefined;
  readonly signal: AbortSignal;
}

/** Folders on the trainer's machine. */
export interface UploadedDataset {
  readonly datasetFolder: string;
  readonly trainingFolder: string;
}

/** Sends a data set: pictures and captions of the same stem. May be done again; the same files are written over. */
export async function uploadDataset(options: UploadDatasetOptions): Promise<UploadedDataset> {
  const { api, base, name, images, signal } = options;
  const { body: folders } = await api.read(Folders, { url: `${base}/api/settings`, signal });
  const { body: dataset } = await api.read(Created, {
    url: `${base}/api/datasets/create`,
    method: "POST",
    json: { name },
    signal,
  });
  for (let from = 0; from < images.length; from += PER_REQUEST) {
    signal.throwIfAborted();
    const form = new FormData();
    form.set("datasetName", dataset.name);
    for (const [index, image] of images.slice(from, from + PER_REQUEST).entries()) {
      await append(form, options, { image, number: from + index + 1 });
    }
    const url = `${base}/api/datasets/upload`;
    await api.read(Uploaded, { url, method: "POST", body: form, signal, timeoutMs: UPLOAD_TIMEOUT_MS });
  }
  return {
    datasetFolder: join(folders.DATASETS_FOLDER, dataset.name),
    trainingFolder: folders.TRAINING_FOLDER,
  };
}

async function append(
  form: FormData,
  { host, triggerWord }: UploadDatasetOptions,
  { image: { image, caption }, number }: { readonly image: TrainingImage; readonly number: number },
): Promise<void> {
  const stem = String(number).padStart(4, "0");
  const { bytes, mime } = await pictureOfBlob(host, image);
  const picture = new Blob([Buffer.from(bytes)], { type: mime });
  form.append("files", picture, `${stem}.${mime === "image/png" ? "png" : "jpg"}`);
  const text = triggerCaption(caption, triggerWord);
  if (text !== undefined) form.append("files", new Blob([text], { type: "text/plain" }), `${stem}.txt`);
}

/** Joins as the trainer's system does, which need not be ours. */
function join(folder: string, name: string): string {
  const separator = folder.includes("\\") ? "\\" : "/";
  return folder.endsWith(separator) ? folder + name : folder + separator + name;
}
