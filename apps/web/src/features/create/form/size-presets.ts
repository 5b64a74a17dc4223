import type { NumberRange } from "../../../api/param-field.ts";
import type { FormKind } from "./form-state.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

const PRESETS: Readonly<Record<FormKind, readonly Size[]>> = {
  image: [
    { width: 768, height: 512 },
    { width: 512, height: 768 },
    { width: 512, height: 512 },
    { width: 768, height: 768 },
    { width: 1024, height: 1024 },
    { width: 1024, height: 576 },
    { width: 576, height: 1024 },
  ],
  video: [
    { width: 832, height: 480 },
    { width: 1280, height: 720 },
    { width: 720, height: 1280 },
  ],
  sprite: [
    { width: 16, height: 16 },
    { width: 32, height: 32 },
    { width: 48, height: 48 },
    { width: 64, height: 64 },
    { width: 128, height: 128 },
    { width: 256, height: 256 },
  ],
};

/** The usual sizes that a model takes. */
export function sizePresets(kind: FormKind, width: NumberRange, height: NumberRange): readonly Size[] {
  const fits = (value: number, range: NumberRange) => value >= range.min && value <= range.max;
  return PRESETS[kind].filter((size) => fits(size.width, width) && fits(size.height, height));
}
