import type { Scene, SceneContext } from "../scene.ts";
import type { Layout } from "../vocabulary.ts";
import { createAbstractScene } from "./abstract.ts";
import { createBloomScene } from "./bloom.ts";
import { createCityScene } from "./city.ts";
import { createDesertScene } from "./desert.ts";
import { createForestScene } from "./forest.ts";
import { createMeadowScene } from "./meadow.ts";
import { createMountainScene } from "./mountains.ts";
import { createPortraitScene } from "./portrait.ts";
import { createSeaScene } from "./sea.ts";
import { createSpaceScene } from "./space.ts";

const SCENES: Readonly<Record<Layout, (context: SceneContext) => Scene>> = {
  abstract: createAbstractScene,
  bloom: createBloomScene,
  city: createCityScene,
  desert: createDesertScene,
  forest: createForestScene,
  meadow: createMeadowScene,
  mountains: createMountainScene,
  portrait: createPortraitScene,
  sea: createSeaScene,
  space: createSpaceScene,
};

/** The scene that the prompt's words name, or the pure pattern when they name none. */
export function createScene(context: SceneContext): Scene {
  return SCENES[context.traits.layout ?? "abstract"](context);
}
