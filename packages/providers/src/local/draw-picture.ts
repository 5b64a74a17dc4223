import type { RawPicture } from "./encode-png.ts";
import type { PictureTask } from "./engine-model.ts";
import { paintPicture } from "./paint/painter.ts";
import { drawSprite } from "./sprite/draw-sprite.ts";

/** Where a picture stands: the share that is done and words for it. */
export interface DrawProgress {
  readonly progress: number;
  readonly step: string;
}

/** Draws one picture, yielding often enough that the work can be stopped between. */
export function drawPicture(task: PictureTask): Generator<DrawProgress, RawPicture> {
  switch (task.model) {
    case "paint":
      return drawPainting(task);
    case "sprite":
      return drawPixels(task);
  }
}

type TaskOf<M extends PictureTask["model"]> = Extract<PictureTask, { model: M }>;

function* drawPainting(task: TaskOf<"paint">): Generator<DrawProgress, RawPicture> {
  const painting = paintPicture(task);
  let painted = painting.next();
  while (painted.done !== true) {
    const { progress, step } = painted.value;
    yield { progress, step: step === 0 ? "Sketching" : `Step ${step} of ${task.steps}` };
    painted = painting.next();
  }
  return { bytes: painted.value, width: task.width, height: task.height, channels: 3 };
}

function* drawPixels(task: TaskOf<"sprite">): Generator<DrawProgress, RawPicture> {
  const drawing = drawSprite(task);
  let drawn = drawing.next();
  while (drawn.done !== true) {
    yield { progress: drawn.value, step: "Drawing" };
    drawn = drawing.next();
  }
  return { bytes: drawn.value, width: task.width, height: task.height, channels: 4 };
}
