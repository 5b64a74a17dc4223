import type { Scene, SceneContext } from "../scene.ts";
import type { Layout } from "../vocabulary.ts";
import { createAbstractScene } from "./abstract.ts";
import { createSeaScene } from "./sea.ts";

const SCENES: Readonly<Partial<Record<Layout, (context: SceneContext) => Scene>>> = {
  abstract: createAbstractScene,
  sea: createSeaScene,
};

/** The scene that the prompt's words name, or the pure pattern when they name none. */
export function createScene(context: SceneContext): Scene {
  return (SCENES[context.traits.layout ?? "abstract"] ?? createAbstractScene)(context);
}
