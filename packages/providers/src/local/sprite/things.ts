import { between } from "../core/random.ts";
import { type Archetype, COMMON_MATERIALS, type Part, part } from "./figure.ts";
import { box, cut, ellipse, limb, mirrored, overlap, polygon, union } from "./shapes.ts";

const { steel, leather, gold, wood, white, ink, bone, leaf, stone, glass } = COMMON_MATERIALS;

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

export const tree: Archetype = ({ random, has, colour, isNamed }) => {
  const isPine = has("pine", "fir", "spruce", "christmas");
  const isDead = has("dead", "bare");
  const trunk = part(
    "wood",
    union(limb(0, 0.86, 0, 0, 0.15, 0.1), mirrored(limb(0.08, 0.8, 0.26, 0.9, 0.08, 0.03))),
    0.12,
  );
  const fruit = union(
    ...Array.from({ length: 6 }, () =>
      ellipse(between(random, -0.45, 0.45), between(random, -0.55, 0.05), 0.07, 0.07),
    ),
  );
  if (isPine) {
    const tiers = [0.55, 0.25, -0.05, -0.35].map((y, index) =>
      part(
        "leaf",
        polygon(-0.66 + index * 0.13, y, 0, y - 0.56, 0.66 - index * 0.13, y, 0.2, y + 0.07, -0.2, y + 0.07),
        0.2,
        { light: index * 0.06 - 0.1 },
      ),
    );
    return {
      parts: [trunk, ...tiers],
      materials: {
        wood,
        leaf: { colour: has("blue", "snow", "winter") ? colour(0) : { l: 0.46, c: 0.1, h: 155 } },
      },
    };
  }
  const crown = Array.from({ length: 7 }, (_, index) => {
    const angle = (index / 7) * 6.28 + random();
    return ellipse(
      Math.cos(angle) * 0.36,
      -0.28 + Math.sin(angle) * 0.26,
      between(random, 0.26, 0.36),
      between(random, 0.24, 0.32),
    );
  });
  const puffs = crown
    .slice(0, 4)
    .map((shape, index) => part("leaf", shape, 0.26, { light: 0.12 - index * 0.05 }));
  const branches = part(
    "wood",
    union(
      limb(0, 0.2, -0.5, -0.5, 0.08, 0.02),
      limb(0, 0.1, 0.46, -0.6, 0.08, 0.02),
      limb(0, 0, 0.05, -0.8, 0.08, 0.02),
    ),
    0.06,
  );
  const parts = isDead
    ? [branches, trunk]
    : [
        trunk,
        branches,
        part("leaf", union(...crown, ellipse(0, -0.3, 0.5, 0.4)), 0.42),
        ...puffs,
        part("fruit", fruit, 0.06),
      ];
  const named = isNamed || has("autumn", "cherry", "sakura");
  const crownColour = has("cherry", "sakura")
    ? { l: 0.8, c: 0.1, h: 0 }
    : has("autumn")
      ? { l: 0.62, c: 0.15, h: 50 }
      : colour(0);
  return {
    parts,
    materials: {
      wood,
      leaf: named ? { colour: crownColour } : leaf,
      fruit: { colour: { l: 0.6, c: 0.19, h: 28 } },
    },
  };
};

export const mushroom: Archetype = ({ random, colour }) => {
  const cap = overlap(ellipse(0, 0.02, 0.82, between(random, 0.74, 0.86)), box(0, -0.44, 1, 0.52));
  const spots = union(
    ellipse(-0.38, -0.2, 0.14, 0.13),
    ellipse(0.1, -0.46, 0.17, 0.13),
    ellipse(0.5, -0.12, 0.12, 0.13),
    ellipse(-0.06, -0.08, 0.09, 0.08),
  );
  return {
    parts: [
      part("bone", union(box(0, 0.42, 0.26, 0.42, 0.16), ellipse(0, 0.76, 0.34, 0.16)), 0.22),
      part("bone", ellipse(0, 0.1, 0.6, 0.12), 0.06, { light: -0.4 }),
      part("main", cap, 0.4),
      part("white", overlap(spots, cap), 0, { seamless: true }),
      part("ink", mirrored(ellipse(0.11, 0.42, 0.04, 0.08)), 0, { seamless: true }),
      part("ink", box(0, 0.58, 0.05, 0.018), 0, { seamless: true }),
    ],
    materials: { main: { colour: colour(0) }, bone, white, ink },
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

export const house: Archetype = ({ has, colour }) => {
  if (has("castle", "tower", "fortress")) {
    const merlons = union(...[-0.3, 0, 0.3].map((x) => box(x, -0.28, 0.08, 0.1)));
    return {
      parts: [
        part("stone", mirrored(box(0.6, 0.28, 0.24, 0.6)), 0.2),
        part("main", mirrored(polygon(0.3, -0.3, 0.6, -0.92, 0.9, -0.3)), 0.2),
        part("stone", union(box(0, 0.34, 0.44, 0.55), merlons), 0.3),
        part("wood", union(box(0, 0.66, 0.2, 0.24), ellipse(0, 0.44, 0.2, 0.2)), 0.12),
        part("glow", union(mirrored(box(0.6, 0.08, 0.07, 0.12, 0.05)), box(0, 0.02, 0.08, 0.12, 0.05)), 0.04),
      ],
      materials: { stone, main: { colour: colour(0) }, wood, glow: { colour: { l: 0.88, c: 0.13, h: 90 } } },
    };
  }
  return {
    parts: [
      part("stone", box(0.42, -0.52, 0.11, 0.26), 0.1),
      part("wall", box(0, 0.4, 0.62, 0.48), 0.3),
      part("main", polygon(-0.88, 0.02, 0, -0.78, 0.88, 0.02), 0.2),
      part("main", union(box(0, -0.12, 0.7, 0.02), box(0, -0.36, 0.44, 0.02)), 0, {
        light: -0.45,
        seamless: true,
      }),
      part("wood", box(-0.22, 0.6, 0.16, 0.28, 0.05), 0.1),
      part("glow", box(0.3, 0.4, 0.17, 0.17), 0.05),
      part("wood", union(box(0.3, 0.4, 0.17, 0.022), box(0.3, 0.4, 0.022, 0.17)), 0, { seamless: true }),
      part("gold", ellipse(-0.13, 0.62, 0.03, 0.03), 0, { seamless: true }),
    ],
    materials: {
      main: { colour: colour(0) },
      wall: { colour: { l: 0.86, c: 0.045, h: 82 } },
      glow: { colour: { l: 0.88, c: 0.13, h: 90 } },
      wood,
      stone,
      gold,
    },
  };
};

export const rocket: Archetype = ({ colour }) => ({
  parts: [
    part("flame", polygon(-0.2, 0.56, 0.2, 0.56, 0, 0.98), 0.14),
    part("second", mirrored(polygon(0.24, 0.12, 0.66, 0.64, 0.24, 0.54)), 0.14),
    part("hull", overlap(ellipse(0, 0.1, 0.36, 1.02), box(0, -0.2, 1, 0.74)), 0.3),
    part("main", overlap(ellipse(0, 0.1, 0.36, 1.02), box(0, -0.9, 1, 0.42)), 0.3),
    part("second", overlap(ellipse(0, 0.1, 0.36, 1.02), box(0, 0.44, 1, 0.09)), 0.2, { seamless: true }),
    part("steel", ellipse(0, -0.14, 0.19, 0.19), 0.08),
    part("window", ellipse(0, -0.14, 0.13, 0.13), 0.1),
    part("white", ellipse(-0.05, -0.18, 0.035, 0.04), 0, { seamless: true }),
  ],
  materials: {
    main: { colour: colour(0) },
    second: { colour: colour(1) },
    hull: { colour: { l: 0.9, c: 0.012, h: 250 } },
    window: { colour: { l: 0.62, c: 0.1, h: 225 } },
    flame: { colour: { l: 0.8, c: 0.16, h: 65 }, shine: 0.12 },
    steel,
    white,
  },
});

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

export const flower: Archetype = ({ random, colour }) => {
  const petals = 5 + Math.floor(random() * 3);
  const ring = Array.from({ length: petals }, (_, index) => {
    const angle = (index / petals) * 6.283 - 1.57;
    return part("main", ellipse(Math.cos(angle) * 0.34, -0.3 + Math.sin(angle) * 0.34, 0.25, 0.25), 0.2);
  });
  return {
    parts: [
      part("leaf", limb(0, -0.1, 0.03, 0.9, 0.06), 0.05),
      part(
        "leaf",
        union(limb(0.02, 0.62, 0.42, 0.36, 0.06, 0.14), limb(0.02, 0.72, -0.42, 0.5, 0.06, 0.13)),
        0.12,
      ),
      ...ring,
      part("heart", ellipse(0, -0.3, 0.2, 0.2), 0.18),
    ],
    materials: { main: { colour: colour(0) }, heart: { colour: { l: 0.8, c: 0.15, h: 85 } }, leaf },
  };
};
