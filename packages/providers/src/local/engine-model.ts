import type { JsonObject } from "@safelight/shared";
import type { ProviderModel, ProviderRequest } from "../provider.ts";
import type { PaintOptions } from "./paint/painter.ts";
import type { SpriteOptions } from "./sprite/draw-sprite.ts";

/** One picture of a run, in plain data that can cross to a worker thread. */
export type PictureTask =
  | ({ readonly model: "paint" } & PaintOptions)
  | ({ readonly model: "sprite" } & SpriteOptions);

/** A picture to make, and what is kept with it as its `config`. */
export interface PlannedPicture {
  readonly task: PictureTask;
  readonly details: JsonObject;
}

/** A model of the built-in engine: what it takes, and the pictures that a request comes to. */
export interface EngineModel extends ProviderModel {
  /** The request has passed `check`. */
  plan(request: ProviderRequest): readonly PlannedPicture[];
}
