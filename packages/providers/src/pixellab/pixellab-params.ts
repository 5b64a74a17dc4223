import {
  choiceField,
  fields,
  integerField,
  numberField,
  pictureField,
  seedField,
  switchField,
} from "../param-fields.ts";

/*
 * Words and ranges from pixellab-python 1.0.4 and the OpenAPI document of v2.
 */

const side = (title: string, range: { minimum: number; maximum: number; default: number }) =>
  integerField({ title, description: "In pixels.", ...range });

const look = {
  outline: choiceField(
    ["single color black outline", "single color outline", "selective outline", "lineless"],
    { title: "Outline", description: "How the figure is outlined. A hint that the model may not follow." },
  ),
  detail: choiceField(["low detail", "medium detail", "highly detailed"], {
    title: "Detail",
    description: "How much detail there is. A hint that the model may not follow.",
  }),
  view: choiceField(["side", "low top-down", "high top-down"], {
    title: "View",
    description: "Where the camera stands.",
  }),
  direction: choiceField(
    ["south", "south-east", "east", "north-east", "north", "north-west", "west", "south-west"],
    { title: "Direction", description: "Where the figure faces; south is towards the viewer." },
  ),
  noBackground: switchField({
    title: "Transparent background",
    description: "Leaves the ground empty.",
    default: false,
  }),
  seed: seedField(
    "The same seed and prompt give the same picture. Left out, PixelLab takes one of its own.",
    2 ** 31 - 1,
  ),
};

const drawn = {
  guidance: numberField({
    title: "Guidance",
    description: "How closely the description is followed.",
    minimum: 1,
    maximum: 20,
    default: 8,
  }),
  shading: choiceField(
    ["flat shading", "basic shading", "medium shading", "detailed shading", "highly detailed shading"],
    {
      title: "Shading",
      description: "How light and shadow are drawn. A hint that the model may not follow.",
    },
  ),
  isometric: switchField({ title: "Isometric", description: "Draws in isometric view.", default: false }),
  coverage: numberField({
    title: "Coverage",
    description: "How much of the canvas the figure fills, in percent.",
    minimum: 0,
    maximum: 100,
  }),
  initImage: pictureField({ title: "Start from", description: "A picture of the same size to begin with." }),
  initImageStrength: integerField({
    title: "Start strength",
    description: "How much of the picture to begin with stays.",
    minimum: 1,
    maximum: 999,
    default: 300,
  }),
  paletteImage: pictureField({
    title: "Palette",
    description: "A picture whose colours are the only ones used.",
  }),
};

export const PixfluxParams = fields({
  width: side("Width", { minimum: 16, maximum: 400, default: 64 }),
  height: side("Height", { minimum: 16, maximum: 400, default: 64 }),
  ...look,
  ...drawn,
});

export const BitforgeParams = fields({
  width: side("Width", { minimum: 16, maximum: 200, default: 64 }),
  height: side("Height", { minimum: 16, maximum: 200, default: 64 }),
  ...look,
  ...drawn,
  styleImage: pictureField({ title: "Style", description: "A picture whose style is taken on." }),
  styleStrength: integerField({
    title: "Style strength",
    description: "How strongly the style is taken on; 50 is balanced.",
    minimum: 0,
    maximum: 100,
    default: 0,
  }),
  inpaintImage: pictureField({ title: "Repaint", description: "A picture of which a part is painted anew." }),
  maskImage: pictureField({
    title: "Mask",
    description: "Black and white, of the same size: white is painted anew.",
  }),
});

export const PixenParams = fields({
  width: side("Width", { minimum: 16, maximum: 768, default: 64 }),
  height: side("Height", { minimum: 16, maximum: 768, default: 64 }),
  ...look,
});

export const GenerateParams = fields({
  width: side("Width", { minimum: 16, maximum: 792, default: 64 }),
  height: side("Height", { minimum: 16, maximum: 792, default: 64 }),
  noBackground: switchField({ ...withoutDefault(look.noBackground), default: true }),
  seed: look.seed,
  referenceImage: pictureField({ title: "Reference", description: "A picture of the subject to draw." }),
  styleImage: pictureField({
    title: "Style",
    description: "A picture whose pixel size and style are taken on.",
  }),
});

function withoutDefault({ title = "", description = "" }: { title?: string; description?: string }) {
  return { title, description };
}
