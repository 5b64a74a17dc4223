import type { PictureTask } from "./engine-model.ts";

/** From the provider to its worker. One task is under way at a time. */
export type EngineRequest =
  | { readonly type: "start"; readonly taskId: number; readonly task: PictureTask }
  | { readonly type: "cancel"; readonly taskId: number };

/** From the worker to the provider. `png` is a whole file. */
export type EngineReply =
  | { readonly type: "progress"; readonly taskId: number; readonly progress: number; readonly step: string }
  | { readonly type: "done"; readonly taskId: number; readonly png: Uint8Array<ArrayBuffer> }
  | { readonly type: "canceled"; readonly taskId: number }
  | { readonly type: "failed"; readonly taskId: number; readonly message: string };
