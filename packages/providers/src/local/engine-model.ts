import type { JsonObject } from "@safelight/shared";
import type { ProviderModel, ProviderRequest } from "../provider.ts";

/** One picture of a run, in plain data that can cross to a worker thread. */
export interface PictureTask {
  readonly model: string;
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  readonly steps: number;
  readonly guidance: number;
}

/** A model of the built-in engine: what it takes, and the pictures that a request comes to. */
export interface EngineModel extends ProviderModel {
  /** One task per picture. The request has passed `check`. */
  plan(request: ProviderRequest): readonly PictureTask[];
  /** What is kept with a picture as its `config`. */
  detailsOf(task: PictureTask): JsonObject;
}
