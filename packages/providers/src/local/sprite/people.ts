import { between } from "../core/random.ts";
import { type Archetype, COMMON_MATERIALS, type Part, part } from "./figure.ts";
import { box, cut, ellipse, limb, mirrored, overlap, polygon, union } from "./shapes.ts";

const { steel, leather, gold, wood, white, ink } = COMMON_MATERIALS;

/** Small people with large heads: knights, wizards, royalty, rogues and everybody else. */
export const person: Archetype = ({ random, has, colour }) => {
  const isKnight = has("knight", "paladin", "guard", "soldier", "warrior");
  const isWizard = has("wizard", "witch", "mage", "sorcerer", "sorceress", "necromancer");
  const isRoyal = has("king", "queen", "prince", "princess");
  const isNinja = has("ninja", "rogue", "thief", "assassin");
  const isArcher = has("archer", "ranger", "elf", "hunter");
  const hasRobe = isWizard || has("queen", "princess", "priest", "monk", "cleric");
  const hasCape = isRoyal || isKnight || random() < 0.3;
  const headY = -0.32;
  const body = isKnight ? "steel" : "main";
  const parts: Part[] = [];
  if (hasCape)
    parts.push(part("second", polygon(-0.3, 0, 0.3, 0, 0.46, 0.82, -0.46, 0.82), 0.2, { light: -0.2 }));
  if (isArcher)
    parts.push(part("wood", cut(ellipse(-0.5, 0.2, 0.26, 0.55), ellipse(-0.42, 0.2, 0.24, 0.55)), 0.06));
  if (isWizard) {
    parts.push(part("wood", limb(0.6, 0.86, 0.6, -0.42, 0.045), 0.05));
    parts.push(part("glow", ellipse(0.6, -0.52, 0.13, 0.13), 0.12));
  } else if (!isArcher && !has("queen", "princess", "monk", "child", "girl", "boy")) {
    parts.push(part("steel", polygon(0.54, 0.3, 0.54, -0.62, 0.6, -0.74, 0.67, -0.62, 0.67, 0.3), 0.07));
    parts.push(part("gold", box(0.605, 0.33, 0.17, 0.045, 0.02), 0.05));
    parts.push(part("leather", limb(0.605, 0.38, 0.605, 0.54, 0.045), 0.04));
  }
  if (hasRobe) {
    parts.push(part("main", polygon(-0.26, 0.04, 0.26, 0.04, 0.46, 0.9, -0.46, 0.9), 0.26));
    parts.push(
      part("gold", polygon(-0.45, 0.83, 0.45, 0.83, 0.47, 0.91, -0.47, 0.91), 0.05, { seamless: true }),
    );
    parts.push(
      part("second", polygon(-0.06, 0.06, 0.06, 0.06, 0.1, 0.83, -0.1, 0.83), 0.1, { seamless: true }),
    );
  } else {
    parts.push(
      part(isKnight ? "steel" : "second", mirrored(limb(0.15, 0.5, 0.17, 0.78, 0.125, 0.11)), 0.12, {
        light: -0.1,
      }),
    );
    parts.push(part("leather", mirrored(box(0.19, 0.85, 0.15, 0.09, 0.04)), 0.1));
    parts.push(part(body, union(box(0, 0.28, 0.3, 0.28, 0.1), box(0, 0.48, 0.27, 0.12, 0.04)), 0.24));
    if (isKnight)
      parts.push(
        part("second", polygon(-0.13, 0.06, 0.13, 0.06, 0.17, 0.62, -0.17, 0.62), 0.12, { seamless: true }),
      );
  }
  parts.push(part("leather", box(0, 0.46, hasRobe ? 0.34 : 0.285, 0.045), 0.05, { seamless: true }));
  parts.push(part("gold", box(0, 0.46, 0.06, 0.055), 0.04, { seamless: true }));
  parts.push(part(body, mirrored(limb(0.32, 0.12, 0.5, 0.36, 0.12, 0.1)), 0.12));
  parts.push(part(isKnight ? "steel" : "skin", mirrored(ellipse(0.54, 0.42, 0.1, 0.1)), 0.1));
  if (isKnight) {
    parts.push(part("steel", mirrored(ellipse(0.32, 0.07, 0.16, 0.13)), 0.14));
    parts.push(part("main", polygon(-0.84, 0.06, -0.36, 0.06, -0.36, 0.42, -0.6, 0.72, -0.84, 0.42), 0.2));
    parts.push(
      part("gold", union(box(-0.6, 0.33, 0.04, 0.24), box(-0.6, 0.27, 0.17, 0.04)), 0.05, { seamless: true }),
    );
  }
  parts.push(part("skin", ellipse(0, headY, 0.36, 0.35), 0.3));
  parts.push(...headgear({ isKnight, isWizard, isRoyal, isNinja, isArcher, headY, random }));
  return {
    parts,
    materials: {
      main: { colour: colour(0) },
      second: { colour: colour(1) },
      skin: { colour: { l: between(random, 0.55, 0.84), c: 0.07, h: 55 } },
      hair: { colour: { l: between(random, 0.22, 0.72), c: 0.08, h: between(random, 35, 85) } },
      glow: { colour: { l: 0.86, c: 0.14, h: colour(1).h }, shine: 0.12 },
      steel,
      leather,
      gold,
      wood,
      white,
      ink,
    },
  };
};

interface HeadOptions {
  readonly isKnight: boolean;
  readonly isWizard: boolean;
  readonly isRoyal: boolean;
  readonly isNinja: boolean;
  readonly isArcher: boolean;
  readonly headY: number;
  readonly random: () => number;
}

function headgear({ isKnight, isWizard, isRoyal, isNinja, isArcher, headY, random }: HeadOptions): Part[] {
  const head = ellipse(0, headY, 0.37, 0.36);
  const eyes = part("ink", mirrored(ellipse(0.14, headY + 0.06, 0.05, 0.085)), 0, { seamless: true });
  const glints = part("white", mirrored(ellipse(0.155, headY + 0.03, 0.022, 0.03)), 0, { seamless: true });
  const smile = part("ink", box(0, headY + 0.2, 0.06, 0.016), 0, { seamless: true });
  if (isKnight) {
    return [
      part(
        "second",
        polygon(-0.03, headY - 0.3, 0.06, headY - 0.62, 0.34, headY - 0.5, 0.12, headY - 0.28),
        0.12,
      ),
      part("steel", union(ellipse(0, headY, 0.4, 0.39), box(0, headY + 0.2, 0.3, 0.18, 0.06)), 0.3),
      part("ink", union(box(0, headY + 0.03, 0.28, 0.055), box(0, headY + 0.18, 0.03, 0.16)), 0, {
        seamless: true,
      }),
      part("gold", box(0, headY - 0.12, 0.4, 0.035), 0.04, { seamless: true }),
    ];
  }
  const hairline = cut(union(ellipse(0, headY - 0.03, 0.41, 0.4)), ellipse(0, headY + 0.24, 0.37, 0.36));
  if (isNinja) {
    return [
      part("main", ellipse(0, headY, 0.39, 0.38), 0.3),
      part("skin", overlap(box(0, headY + 0.05, 0.3, 0.1, 0.05), head), 0.1),
      eyes,
      part("second", limb(0.36, headY - 0.04, 0.62, headY - 0.16, 0.05, 0.07), 0.06),
    ];
  }
  const face = [eyes, glints, smile];
  if (isWizard) {
    return [
      part("hair", cut(union(ellipse(0, headY + 0.26, 0.28, 0.34)), box(0, headY - 0.3, 1, 0.42)), 0.2),
      eyes,
      glints,
      part(
        "main",
        polygon(
          -0.36,
          headY - 0.16,
          0.36,
          headY - 0.16,
          0.16,
          headY - 0.62,
          0.02,
          headY - 0.66,
          -0.1,
          headY - 0.45,
        ),
        0.2,
      ),
      part("gold", box(0, headY - 0.2, 0.36, 0.045), 0.05, { seamless: true }),
      part("main", ellipse(0, headY - 0.14, 0.56, 0.085), 0.08),
    ];
  }
  if (isArcher) {
    return [
      part("main", union(hairline, polygon(-0.4, headY, -0.46, headY + 0.4, -0.28, headY + 0.3)), 0.2),
      ...face,
    ];
  }
  const sideHair =
    random() < 0.5 ? mirrored(limb(0.34, headY - 0.04, 0.36, headY + 0.34, 0.1, 0.07)) : hairline;
  const crown = polygon(
    -0.3,
    headY - 0.26,
    -0.36,
    headY - 0.58,
    -0.16,
    headY - 0.42,
    0,
    headY - 0.64,
    0.16,
    headY - 0.42,
    0.36,
    headY - 0.58,
    0.3,
    headY - 0.26,
  );
  return [
    part("hair", union(hairline, sideHair), 0.2),
    ...face,
    ...(isRoyal
      ? [
          part("gold", crown, 0.12),
          part("second", ellipse(0, headY - 0.36, 0.05, 0.05), 0.05, { seamless: true }),
        ]
      : []),
  ];
}
