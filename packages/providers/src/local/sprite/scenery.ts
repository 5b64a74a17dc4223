import { between } from "../core/random.ts";
import { type Archetype, COMMON_MATERIALS, part } from "./figure.ts";
import { box, ellipse, limb, mirrored, overlap, polygon, union } from "./shapes.ts";

const { steel, gold, wood, white, ink, bone, leaf, stone } = COMMON_MATERIALS;

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
