import type { BlobRef, JsonObject } from "@safelight/shared";
import type { RequestFault } from "../check-request.ts";
import type { TrainingImage } from "../inputs.ts";
import type { ProviderModel, ProviderRequest } from "../provider.ts";

/** Bytes that must lie at Replicate before a run begins. `name` is how `input` asks for their address. */
export type ReplicateUpload =
  | { readonly name: string; readonly blob: BlobRef }
  | {
      readonly name: string;
      readonly images: readonly TrainingImage[];
      readonly triggerWord: string | undefined;
    };

/** What is run: a model by its name, a version of one, or the trainer of the settings. */
export type ReplicateTarget =
  | { readonly by: "model"; readonly name: string }
  | { readonly by: "version"; readonly version: string }
  | { readonly by: "trainer" };

export interface ReplicateModel extends ProviderModel {
  readonly takesNegativePrompt: boolean;
  target(request: ProviderRequest): ReplicateTarget;
  /** What the schema of the parameters cannot say. */
  check?(request: ProviderRequest): RequestFault | undefined;
  uploads(request: ProviderRequest): readonly ReplicateUpload[];
  /** The `input` of a run. The same request and addresses give the same. */
  input(request: ProviderRequest, urlOf: (upload: string) => string): JsonObject;
}
