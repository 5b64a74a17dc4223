import { Type, type Static } from "@sinclair/typebox";
import { seedParams } from "../seed-params.ts";

const side = (title: string, preset: number) =>
  Type.Optional(
    Type.Integer({ title, description: "In pixels.", minimum: 64, maximum: 2048, default: preset }),
  );

/** What a `paint` job may set. */
export const PaintParams = Type.Object(
  {
    width: side("Width", 768),
    height: side("Height", 512),
    steps: Type.Optional(
      Type.Integer({
        title: "Steps",
        description: "Passes of the brush, from broad to fine. Few give a loose sketch.",
        minimum: 1,
        maximum: 100,
        default: 24,
      }),
    ),
    guidance: Type.Optional(
      Type.Number({
        title: "Guidance",
        description: "How closely colours and forms follow the prompt rather than the seed; adds contrast.",
        minimum: 0,
        maximum: 20,
        default: 3.5,
      }),
    ),
    ...seedParams,
  },
  { additionalProperties: false },
);
export type PaintParams = Static<typeof PaintParams>;
