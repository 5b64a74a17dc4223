import { between } from "../core/random.ts";
import { type Archetype, COMMON_MATERIALS, type Part, part } from "./figure.ts";
import { box, cut, ellipse, limb, mirrored, overlap, polygon, union } from "./shapes.ts";

const { white, ink, bone, steel } = COMMON_MATERIALS;

/** Round beasts: body and head grown together, with ears, horns, wings and a tail as words or chance will have them. */
export const creature: Archetype = ({ random, has, colour }) => {
  const isDragon = has("dragon", "wyvern", "drake");
  const isCat = has("cat", "kitten", "fox", "wolf", "dog", "bear", "rabbit", "bunny", "mouse");
  const isBird = has("bird", "owl", "chick", "penguin", "duck");
  const isBat = has("bat", "imp", "demon", "devil");
  const isMonster = !isDragon && !isCat && !isBird;
  const width = between(random, 0.36, 0.6);
  const height = between(random, 0.42, 0.54);
  const headY = between(random, -0.28, -0.18);
  const headSize = between(random, 0.36, 0.46);
  const eyeX = between(random, 0.14, 0.2);
  const eyeSize = between(random, 0.085, 0.13);
  const parts: Part[] = [];
  if (isDragon || isBat || (isBird && random() < 0.9) || (!isCat && random() < 0.25)) {
    const top = isBird ? 0 : between(random, -0.75, -0.5);
    const wing = isBird
      ? polygon(0.25, -0.1, 0.8, 0.05, 0.72, 0.5, 0.3, 0.5)
      : polygon(
          0.22,
          0,
          0.46,
          top,
          0.6,
          top - 0.08,
          0.98,
          top + 0.22,
          0.9,
          0.22,
          0.77,
          0,
          0.65,
          0.32,
          0.53,
          0.08,
          0.4,
          0.44,
          0.24,
          0.36,
        );
    parts.push(part("second", mirrored(wing), 0.12));
  }
  if (isDragon || isCat || random() < 0.5) {
    parts.push(part("main", limb(0.3, 0.62, 0.72, 0.32, 0.13, 0.06), 0.1));
    parts.push(part("second", ellipse(0.74, 0.25, 0.11, 0.13), 0.1));
  }
  const isLong = has("rabbit", "bunny");
  if (isLong) parts.push(part("main", mirrored(limb(0.17, headY - 0.25, 0.24, -0.86, 0.12, 0.1)), 0.1));
  else if (isCat || random() < 0.4) {
    const ear = polygon(0.08, headY - 0.24, 0.44, headY - 0.14, 0.44, headY - 0.62);
    parts.push(part("main", mirrored(ear), 0.1));
    parts.push(
      part("second", mirrored(polygon(0.2, headY - 0.28, 0.37, headY - 0.24, 0.38, headY - 0.48)), 0.1, {
        seamless: true,
      }),
    );
  } else if (isDragon || isBat || random() < 0.6) {
    const bent = between(random, 0.3, 0.5);
    parts.push(part("bone", mirrored(limb(0.2, headY - 0.26, bent, headY - 0.6, 0.1, 0.02)), 0.08));
  } else parts.push(part("second", mirrored(ellipse(0.36, headY - 0.22, 0.15, 0.17)), 0.12));
  const foot = mirrored(ellipse(width * 0.55, 0.8, 0.2, 0.13));
  parts.push(part(isBird ? "bone" : "main", foot, 0.1, { light: -0.15 }));
  parts.push(part("main", ellipse(0, 0.42, width, height), 0.4));
  parts.push(
    part(
      "belly",
      overlap(ellipse(0, 0.5, width * 0.62, height * 0.72), ellipse(0, 0.42, width, height)),
      0.3,
      { seamless: true },
    ),
  );
  parts.push(
    part("main", mirrored(limb(width * 0.8, 0.26, width * 0.98, between(random, 0.4, 0.56), 0.12, 0.1)), 0.1),
  );
  parts.push(part("main", ellipse(0, headY, headSize * 1.12, headSize), 0.38));
  if (isBird)
    parts.push(part("bone", polygon(-0.11, headY + 0.05, 0.11, headY + 0.05, 0, headY + 0.27), 0.1));
  else {
    parts.push(
      part(
        "belly",
        overlap(ellipse(0, headY + 0.2, 0.24, 0.16), ellipse(0, headY, headSize * 1.12, headSize)),
        0.16,
        { seamless: true },
      ),
    );
    parts.push(
      part(
        "ink",
        isCat
          ? polygon(-0.06, headY + 0.1, 0.06, headY + 0.1, 0, headY + 0.17)
          : mirrored(ellipse(0.06, headY + 0.14, 0.022, 0.03)),
        0,
        { seamless: true },
      ),
    );
    const mouth = cut(ellipse(0, headY + 0.2, 0.14, 0.07), ellipse(0, headY + 0.165, 0.16, 0.07));
    parts.push(part("ink", mouth, 0, { seamless: true }));
    if (isDragon || isBat || random() < 0.5) {
      parts.push(
        part("white", mirrored(polygon(0.07, headY + 0.22, 0.14, headY + 0.2, 0.1, headY + 0.32)), 0, {
          seamless: true,
        }),
      );
    }
  }
  if (isMonster && random() < 0.45) parts.push(...oneEye(headY - 0.04, eyeSize * 1.5));
  else parts.push(...eyes(eyeX, headY - 0.04, eyeSize));
  if (random() < 0.6) {
    const spots = union(
      ellipse(0.24, headY - 0.24, 0.08, 0.06),
      ellipse(0.34, 0.26, 0.07, 0.08),
      ellipse(-0.3, 0.5, 0.06, 0.07),
      ellipse(-0.18, headY - 0.28, 0.06, 0.05),
    );
    const body = union(
      ellipse(0, headY, headSize * 1.05, headSize * 0.95),
      ellipse(0, 0.42, width * 0.95, height),
    );
    parts.splice(-2, 0, part("second", overlap(spots, body), 0.1, { seamless: true }));
  }
  const main = colour(0);
  return {
    parts,
    materials: {
      main: { colour: main },
      second: { colour: colour(1) },
      belly: { colour: { l: Math.min(0.92, main.l + 0.24), c: main.c * 0.55, h: main.h + 18 } },
      bone,
      white,
      ink,
    },
  };
};

/** Slimes and ghosts: one soft body with a face. */
export const blob: Archetype = ({ random, has, colour }) => {
  const isGhost = has("ghost", "spirit", "phantom", "spectre");
  const wide = isGhost ? 0.52 : between(random, 0.66, 0.78);
  const top = isGhost ? -0.72 : between(random, -0.5, -0.3);
  const parts: Part[] = [];
  if (isGhost) {
    const skirt = union(
      overlap(ellipse(0, top + 0.55, wide, 0.55), box(0, top + 0.2, 1, 0.5)),
      box(0, 0.15, wide, 0.4),
      ...[-0.36, 0, 0.36].map((x) => ellipse(x, 0.54, 0.165, 0.26)),
    );
    parts.push(part("main", skirt, 0.42));
    parts.push(part("main", mirrored(limb(0.46, 0.02, 0.74, -0.16, 0.13, 0.09)), 0.1));
  } else {
    const dome = union(
      ellipse(0, 0.45, wide, 0.4),
      overlap(ellipse(0, 0.4, wide * 0.86, 0.4 - top), box(0, 0, 1, 0.62)),
    );
    parts.push(part("main", dome, 0.5));
    parts.push(
      part(
        "second",
        union(
          ellipse(-0.3, 0.58, 0.12, 0.08),
          ellipse(0.34, 0.42, 0.08, 0.07),
          ellipse(0.12, 0.68, 0.07, 0.05),
        ),
        0.08,
        { seamless: true },
      ),
    );
    if (random() < 0.5)
      parts.unshift(part("second", mirrored(limb(0.2, top + 0.1, 0.36, top - 0.22, 0.1, 0.03)), 0.08));
    else parts.unshift(part("second", limb(0, top + 0.1, 0.1, top - 0.25, 0.09, 0.12), 0.1));
  }
  const faceY = isGhost ? -0.22 : 0.18;
  parts.push(part("white", ellipse(-wide * 0.5, top + 0.34, 0.1, 0.14), 0, { seamless: true }));
  parts.push(
    ...(isGhost
      ? [part("ink", mirrored(ellipse(0.19, faceY, 0.1, 0.15)), 0, { seamless: true })]
      : eyes(0.22, faceY, 0.13)),
  );
  parts.push(
    part(
      "ink",
      isGhost
        ? ellipse(0, faceY + 0.3, 0.09, 0.11)
        : cut(ellipse(0, faceY + 0.18, 0.18, 0.12), ellipse(0, faceY + 0.12, 0.2, 0.12)),
      0,
      { seamless: true },
    ),
  );
  const main = isGhost && !has("red", "green", "blue", "pink") ? { l: 0.9, c: 0.03, h: 260 } : colour(0);
  return {
    parts,
    materials: {
      main: { colour: main, shine: 0.12 },
      second: { colour: { ...main, l: main.l * 0.78 } },
      white,
      ink,
    },
  };
};

/** Boxes, bolts and one bright screen. */
export const robot: Archetype = ({ random, colour }) => {
  const width = between(random, 0.34, 0.44);
  const parts: Part[] = [
    part("steel", limb(0, -0.62, 0, -0.86, 0.04), 0.05),
    part("glow", ellipse(0, -0.88, 0.09, 0.09), 0.08),
    part("steel", mirrored(limb(0.2, 0.6, 0.22, 0.8, 0.1)), 0.1),
    part("main", mirrored(box(0.25, 0.86, 0.18, 0.1, 0.05)), 0.1),
    part("steel", mirrored(limb(width + 0.04, 0.12, width + 0.26, 0.36, 0.08)), 0.08),
    part("main", mirrored(ellipse(width + 0.3, 0.44, 0.13, 0.13)), 0.12),
    part("main", box(0, 0.32, width, 0.36, 0.08), 0.22),
    part("steel", box(0, 0.32, width * 0.62, 0.2, 0.04), 0.06),
    part(
      "glow",
      union(ellipse(-0.12, 0.28, 0.05, 0.05), ellipse(0.12, 0.28, 0.05, 0.05), box(0, 0.42, 0.16, 0.035)),
      0.04,
      { seamless: true },
    ),
    part("steel", mirrored(box(0.52, -0.34, 0.06, 0.13, 0.03)), 0.06),
    part("main", box(0, -0.34, 0.48, 0.32, 0.1), 0.22),
    part("ink", box(0, -0.32, 0.38, 0.2, 0.06), 0),
    part(
      "glow",
      random() < 0.5 ? mirrored(ellipse(0.17, -0.34, 0.08, 0.1)) : mirrored(box(0.17, -0.34, 0.09, 0.055)),
      0.05,
      { seamless: true },
    ),
    part("glow", box(0, -0.18, 0.1, 0.02), 0, { seamless: true }),
  ];
  return {
    parts,
    materials: {
      main: { colour: colour(0) },
      glow: { colour: { l: 0.85, c: 0.15, h: colour(1).h } },
      steel,
      ink,
    },
  };
};

export const fish: Archetype = ({ random, colour }) => {
  const tall = between(random, 0.34, 0.46);
  return {
    parts: [
      part("second", polygon(0.45, 0, 0.92, -0.42, 0.8, 0, 0.92, 0.42), 0.14),
      part("second", polygon(-0.2, -tall * 0.7, 0.1, -tall - 0.34, 0.38, -0.2), 0.12),
      part("second", polygon(-0.1, tall * 0.7, 0.12, tall + 0.26, 0.3, 0.2), 0.12),
      part("main", ellipse(-0.12, 0, 0.68, tall), 0.36),
      part(
        "belly",
        overlap(ellipse(-0.16, tall * 0.55, 0.6, tall * 0.62), ellipse(-0.12, 0, 0.68, tall)),
        0.25,
        { seamless: true },
      ),
      part(
        "second",
        overlap(union(box(0.06, 0, 0.06, 1), box(0.32, 0, 0.045, 1)), ellipse(-0.12, 0, 0.68, tall)),
        0.2,
        { seamless: true },
      ),
      part("second", polygon(-0.2, 0.06, 0.1, 0.02, 0.04, 0.28), 0.08),
      part("white", ellipse(-0.48, -0.08, 0.12, 0.12), 0),
      part("ink", ellipse(-0.5, -0.07, 0.06, 0.07), 0, { seamless: true }),
      part("ink", limb(-0.76, 0.13, -0.62, 0.16, 0.02), 0, { seamless: true }),
    ],
    materials: {
      main: { colour: colour(0), shine: 0.12 },
      second: { colour: colour(1) },
      belly: { colour: { l: 0.9, c: 0.05, h: colour(0).h + 30 } },
      white,
      ink,
    },
  };
};

function oneEye(y: number, size: number): Part[] {
  return [
    part("white", ellipse(0, y, size, size), 0),
    part("second", ellipse(0.02, y + size * 0.08, size * 0.62, size * 0.62), 0.1, { seamless: true }),
    part("ink", ellipse(0.02, y + size * 0.08, size * 0.32, size * 0.38), 0, { seamless: true }),
  ];
}

function eyes(x: number, y: number, size: number): Part[] {
  return [
    part("white", mirrored(ellipse(x, y, size, size * 1.15)), 0),
    part("ink", mirrored(ellipse(x * 0.92, y + size * 0.1, size * 0.55, size * 0.72)), 0, { seamless: true }),
  ];
}
