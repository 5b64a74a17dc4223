import type { RawPicture } from "./encode-png.ts";
import type { PictureTask } from "./engine-model.ts";
import { paintPicture } from "./paint/painter.ts";

/** Where a picture stands: the share that is done and words for it. */
export interface DrawProgress {
  readonly progress: number;
  readonly step: string;
}

/** Draws one picture, yielding often enough that the work can be stopped between. */
export function* drawPicture(task: PictureTask): Generator<DrawProgress, RawPicture> {
  const painting = paintPicture(task);
  let painted = painting.next();
  while (painted.done !== true) {
    const { progress, step } = painted.value;
    yield { progress, step: step === 0 ? "Sketching" : `Step ${step} of ${task.steps}` };
    painted = painting.next();
  }
  return { bytes: painted.value, width: task.width, height: task.height, channels: 3 };
}
