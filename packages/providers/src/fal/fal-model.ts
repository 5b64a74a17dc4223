import type { BlobRef, JsonObject } from "@safelight/shared";
import type { TrainingImage } from "../inputs.ts";
import type { ProviderModel, ProviderRequest } from "../provider.ts";
import type { RequestFault } from "../check-request.ts";

/** Bytes that must lie at fal before a run begins. `name` is how `input` asks for their address. */
export type FalUpload =
  | { readonly name: string; readonly blob: BlobRef }
  | {
      readonly name: string;
      readonly images: readonly TrainingImage[];
      readonly triggerWord: string | undefined;
    };

/** A model of fal; its id is fal's endpoint id. */
export interface FalModel extends ProviderModel {
  readonly takesNegativePrompt: boolean;
  /** What the schema of the parameters cannot say. */
  check?(request: ProviderRequest): RequestFault | undefined;
  uploads(request: ProviderRequest): readonly FalUpload[];
  /** The body of a submit. The same request and addresses give the same body. */
  input(request: ProviderRequest, urlOf: (upload: string) => string): JsonObject;
  /** How many of a billing unit (`image`, `megapixel`, `second`, …) a request takes; `undefined` when that is open. */
  units(request: ProviderRequest, unit: string): number | undefined;
}
