import { between } from "../core/random.ts";
import { type Archetype, COMMON_MATERIALS, type Part, part } from "./figure.ts";
import { box, cut, ellipse, limb, mirrored, overlap, polygon, union } from "./shapes.ts";

const { steel, leather, gold, wood, white, ink, bone, glass } = COMMON_MATERIALS;

export const potion: Archetype = ({ random, colour }) => {
  const isRound = random() < 0.6;
  const level = between(random, 0, 0.2);
  const flask = isRound
    ? ellipse(0, 0.32, 0.54, 0.52)
    : polygon(-0.16, -0.3, 0.16, -0.3, 0.58, 0.82, -0.58, 0.82);
  const inside = isRound
    ? ellipse(0, 0.32, 0.44, 0.42)
    : polygon(-0.1, -0.2, 0.1, -0.2, 0.46, 0.73, -0.46, 0.73);
  return {
    parts: [
      part("wood", box(0, -0.72, 0.14, 0.16, 0.04), 0.1),
      part("glass", box(0, -0.36, 0.15, 0.26, 0.02), 0.12),
      part("gold", box(0, -0.54, 0.21, 0.06, 0.03), 0.06),
      part("glass", flask, 0.2),
      part("liquid", overlap(inside, box(0, level + 0.5, 1, 0.5)), 0.3),
      part("foam", overlap(inside, box(0, level + 0.015, 1, 0.045)), 0.04, { seamless: true }),
      part(
        "foam",
        union(
          ellipse(0.14, 0.36, 0.055, 0.055),
          ellipse(-0.1, 0.54, 0.04, 0.04),
          ellipse(0.05, 0.16 + level, 0.035, 0.035),
        ),
        0.04,
        { seamless: true },
      ),
      part("white", union(ellipse(-0.26, 0.12, 0.06, 0.13), ellipse(-0.3, 0.34, 0.035, 0.05)), 0, {
        seamless: true,
      }),
    ],
    materials: {
      liquid: { colour: colour(0), shine: 0.12 },
      foam: { colour: { ...colour(0), l: 0.88, c: 0.07 } },
      glass,
      wood,
      gold,
      white,
    },
  };
};

export const sword: Archetype = ({ random, has, colour }) => {
  const half = between(random, 0.11, 0.17);
  const guard = between(random, 0.32, 0.46);
  const isAxe = has("axe");
  const parts: Part[] = isAxe
    ? [
        part("wood", limb(0, 0.9, 0, -0.8, 0.07), 0.06),
        part("steel", mirrored(cut(ellipse(0.24, -0.45, 0.42, 0.42), ellipse(0.18, -1, 0.36, 0.36))), 0.16),
        part("gold", box(0, -0.45, 0.13, 0.16, 0.03), 0.08),
        part("leather", box(0, 0.7, 0.085, 0.18), 0.05),
      ]
    : [
        part("steel", polygon(-half, 0.32, -half, -0.68, 0, -0.94, half, -0.68, half, 0.32), 0.1),
        part("steel", polygon(0, 0.32, 0, -0.9, half, -0.68, half, 0.32), 0, {
          light: -0.35,
          seamless: true,
        }),
        part("steel", box(0, -0.16, 0.025, 0.46), 0, { light: 0.4, seamless: true }),
        part("leather", box(0, 0.62, 0.07, 0.2), 0.06),
        part("gold", union(limb(-guard, 0.3, 0, 0.38, 0.07), limb(guard, 0.3, 0, 0.38, 0.07)), 0.08),
        part("gem", ellipse(0, 0.37, 0.1, 0.1), 0.1),
        part("gold", ellipse(0, 0.85, 0.11, 0.1), 0.1),
      ];
  return { parts, materials: { gem: { colour: colour(0), shine: 0.15 }, steel, leather, gold, wood } };
};

export const shield: Archetype = ({ colour }) => {
  const outline = polygon(
    -0.7,
    -0.72,
    0,
    -0.86,
    0.7,
    -0.72,
    0.66,
    0.1,
    0.4,
    0.58,
    0,
    0.9,
    -0.4,
    0.58,
    -0.66,
    0.1,
  );
  const inner = polygon(
    -0.54,
    -0.58,
    0,
    -0.7,
    0.54,
    -0.58,
    0.5,
    0.08,
    0.3,
    0.46,
    0,
    0.72,
    -0.3,
    0.46,
    -0.5,
    0.08,
  );
  return {
    parts: [
      part("steel", outline, 0.14),
      part("main", inner, 0.34),
      part("second", overlap(inner, union(box(0.5, -0.5, 0.5, 0.5), box(-0.5, 0.5, 0.5, 0.5))), 0.34, {
        seamless: true,
      }),
      part("gold", union(box(0, 0, 0.07, 0.7), box(0, -0.05, 0.55, 0.07)), 0.06),
      part("gold", ellipse(0, -0.05, 0.2, 0.2), 0.18),
    ],
    materials: { main: { colour: colour(0) }, second: { colour: colour(1) }, steel, gold },
  };
};

export const gem: Archetype = ({ random, colour }) => {
  const top = between(random, -0.66, -0.5);
  const wide = between(random, 0.62, 0.76);
  const girdle = -0.18;
  const table = wide * 0.52;
  return {
    parts: [
      part("gem", polygon(-table, top, table, top, wide, girdle, 0, 0.86, -wide, girdle), 0.1),
      part("gem", polygon(-table, top, -wide, girdle, -table * 0.7, girdle), 0, { light: 0.25 }),
      part("gem", polygon(-table, top, table, top, table * 0.7, girdle, -table * 0.7, girdle), 0, {
        light: 0.55,
      }),
      part("gem", polygon(table, top, wide, girdle, table * 0.7, girdle), 0, { light: -0.1 }),
      part("gem", polygon(-wide, girdle, -table * 0.7, girdle, 0, 0.86), 0, { light: -0.05 }),
      part("gem", polygon(-table * 0.7, girdle, table * 0.7, girdle, 0, 0.86), 0, { light: 0.2 }),
      part("gem", polygon(table * 0.7, girdle, wide, girdle, 0, 0.86), 0, { light: -0.5 }),
      part(
        "white",
        union(box(-wide * 0.34, top + 0.14, 0.12, 0.03), ellipse(-wide * 0.55, girdle - 0.1, 0.04, 0.06)),
        0,
        { seamless: true },
      ),
    ],
    materials: { gem: { colour: colour(0), shine: 0.2 }, white },
  };
};

export const chest: Archetype = ({ colour, has }) => {
  const lid = overlap(ellipse(0, -0.02, 0.82, 0.6), box(0, -0.4, 1, 0.42));
  const isOpen = has("open", "treasure", "gold");
  return {
    parts: [
      ...(isOpen
        ? [part("wood", overlap(ellipse(0, -0.42, 0.8, 0.42), box(0, -0.7, 1, 0.42)), 0.2, { light: -0.3 })]
        : []),
      ...(isOpen
        ? [
            part(
              "gold",
              union(
                ellipse(-0.36, -0.06, 0.3, 0.2),
                ellipse(0.2, -0.1, 0.4, 0.26),
                ellipse(0.5, -0.02, 0.2, 0.14),
              ),
              0.14,
            ),
          ]
        : [part("wood", lid, 0.36)]),
      part("wood", box(0, 0.4, 0.8, 0.42, 0.05), 0.3),
      part("wood", union(box(0, 0.26, 0.8, 0.02), box(0, 0.52, 0.8, 0.02)), 0, {
        light: -0.5,
        seamless: true,
      }),
      part(
        "steel",
        union(box(-0.62, 0.4, 0.09, 0.42), box(0.62, 0.4, 0.09, 0.42), box(0, 0.04, 0.8, 0.07)),
        0.08,
        { seamless: true },
      ),
      part("gold", box(0, 0.14, 0.16, 0.18, 0.04), 0.1),
      part("gem", ellipse(0, 0.12, 0.07, 0.08), 0.06, { seamless: true }),
    ],
    materials: { wood, steel, gold, gem: { colour: colour(0) } },
  };
};

export const skull: Archetype = ({ random }) => ({
  parts: [
    part("bone", box(0, 0.56, 0.36, 0.26, 0.08), 0.16, { light: -0.1 }),
    part("bone", ellipse(0, -0.14, between(random, 0.64, 0.72), 0.62), 0.44),
    part("ink", mirrored(ellipse(0.26, -0.02, 0.17, 0.2)), 0, { seamless: true }),
    part("ink", polygon(0, 0.16, 0.09, 0.34, -0.09, 0.34), 0, { seamless: true }),
    part("ink", union(...[-0.18, 0, 0.18].map((x) => box(x, 0.64, 0.022, 0.16))), 0, { seamless: true }),
  ],
  materials: { bone, ink },
});

export const heart: Archetype = ({ colour, isNamed }) => {
  // The curve of a heart, as a polygon: its outline has no crease to shade.
  const outline = Array.from({ length: 48 }, (_, index) => (index / 48) * 2 * Math.PI).flatMap((angle) => [
    0.82 * Math.sin(angle) ** 3,
    -0.02 -
      0.05 * (13 * Math.cos(angle) - 5 * Math.cos(2 * angle) - 2 * Math.cos(3 * angle) - Math.cos(4 * angle)),
  ]);
  const shape = polygon(...outline);
  return {
    parts: [
      part("main", shape, 0.44),
      part("white", cut(ellipse(-0.38, -0.3, 0.24, 0.22), ellipse(-0.3, -0.22, 0.24, 0.24)), 0, {
        seamless: true,
      }),
    ],
    materials: { main: { colour: isNamed ? colour(0) : { l: 0.6, c: 0.2, h: 20 }, shine: 0.14 }, white },
  };
};
