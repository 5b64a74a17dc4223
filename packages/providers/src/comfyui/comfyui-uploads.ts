import type { BlobRef } from "@safelight/shared";
import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { ProviderApi } from "../http/provider-api.ts";
import { pictureOfBlob } from "../picture-of-blob.ts";
import { ProviderError } from "../provider-error.ts";
import type { ProviderHost } from "../provider-host.ts";
import type { WorkflowNeeds, WorkflowSupplies } from "./comfyui-models.ts";

const Uploaded = Type.Object({
  name: Type.String({ minLength: 1 }),
  subfolder: Type.Optional(Type.String()),
});
const Names = Type.Array(Type.String());
/** The names stand in the first place of the input's definition, or in its options. */
const LoaderInfo = Type.Object({
  CheckpointLoaderSimple: Type.Object({
    input: Type.Object({ required: Type.Object({ ckpt_name: Type.Array(Type.Unknown()) }) }),
  }),
});
const Options = Type.Object({ options: Names });

const UPLOAD_TIMEOUT_MS = 120_000;

/** Puts what a workflow needs where ComfyUI finds it. May be done again: the same picture has the same name. */
export function createComfyuiUploads(options: {
  readonly api: ProviderApi;
  readonly base: () => string;
  readonly host: Pick<ProviderHost, "readBlob">;
}) {
  const { api, base, host } = options;

  async function upload(blob: BlobRef, signal: AbortSignal): Promise<string> {
    const { bytes, mime } = await pictureOfBlob(host, blob);
    const form = new FormData();
    const name = `safelight-${blob.sha256.slice(0, 24)}.${mime === "image/png" ? "png" : "jpg"}`;
    form.set("image", new Blob([Buffer.from(bytes)], { type: mime }), name);
    form.set("type", "input");
    form.set("overwrite", "true");
    const { body } = await api.read(Uploaded, {
      url: `${base()}/upload/image`,
      method: "POST",
      body: form,
      signal,
      timeoutMs: UPLOAD_TIMEOUT_MS,
    });
    return body.subfolder === undefined || body.subfolder === ""
      ? body.name
      : `${body.subfolder}/${body.name}`;
  }

  async function checkpoints(signal: AbortSignal): Promise<readonly string[]> {
    try {
      const url = `${base()}/models/checkpoints`;
      return (await api.read(Names, { url, signal, missing: "run.missing" })).body;
    } catch (error) {
      if (!(error instanceof ProviderError && error.code === "run.missing")) throw error;
    }
    // Older builds.
    const { body } = await api.read(LoaderInfo, {
      url: `${base()}/object_info/CheckpointLoaderSimple`,
      signal,
    });
    const [names, more] = body.CheckpointLoaderSimple.input.required.ckpt_name;
    const listed: unknown = Array.isArray(names) ? names : isOptions(more) ? more.options : [];
    return Array.isArray(listed) ? listed.filter((name) => typeof name === "string") : [];
  }

  return {
    checkpoints,
    async supply({ pictures, anyCheckpoint }: WorkflowNeeds, signal: AbortSignal): Promise<WorkflowSupplies> {
      const names: Record<string, string> = {};
      for (const [slot, blob] of Object.entries(pictures)) names[slot] = await upload(blob, signal);
      if (!anyCheckpoint) return { pictures: names };
      const [checkpoint] = await checkpoints(signal);
      if (checkpoint !== undefined) return { pictures: names, checkpoint };
      throw new ProviderError(
        "request.invalid",
        "ComfyUI has no checkpoint: put one into its models folder.",
      );
    },
  };
}

function isOptions(value: unknown): value is { readonly options: readonly string[] } {
  return Value.Check(Options, value);
}
