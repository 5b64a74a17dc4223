import type { EngineModel } from "./engine-model.ts";
import { paintModel } from "./paint/paint-model.ts";
import { spriteModel } from "./sprite/sprite-model.ts";

/** The models of the built-in engine; the first of a kind is its default. */
export const LOCAL_MODELS: readonly EngineModel[] = [paintModel, spriteModel];
