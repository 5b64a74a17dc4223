import { Type, type Static } from "@sinclair/typebox";
import { seedParams } from "../seed-params.ts";

const side = (title: string) =>
  Type.Optional(Type.Integer({ title, description: "In pixels.", minimum: 16, maximum: 256, default: 64 }));

/** What a `sprite` job may set. */
export const SpriteParams = Type.Object(
  {
    width: side("Width"),
    height: side("Height"),
    colours: Type.Optional(
      Type.Integer({
        title: "Colours",
        description: "Most colours of the palette.",
        minimum: 12,
        maximum: 48,
        default: 24,
      }),
    ),
    outline: Type.Optional(
      Type.Boolean({ title: "Outline", description: "A dark line around the figure.", default: true }),
    ),
    ...seedParams,
  },
  { additionalProperties: false },
);
export type SpriteParams = Static<typeof SpriteParams>;
