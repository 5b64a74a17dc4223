import type { SeededRandom } from "./seeded-random.ts";

const SUBJECTS = [
  "a lighthouse over a quiet sea",
  "an old fisherman mending his net",
  "a knight resting under an oak",
  "a small robot tending a garden",
  "a fox asleep in tall grass",
  "a night train crossing a viaduct",
  "a market street after the rain",
  "a glass teapot on a windowsill",
  "a dragon curled around a clock tower",
  "a mountain lake at first light",
  "two dancers on an empty stage",
  "a library with no ceiling",
  "a paper boat in a gutter",
  "an astronaut in a wheat field",
  "a harbour town seen from the hill",
  "a portrait of a violin maker",
];
const LIGHTS = [
  "at dusk",
  "golden hour",
  "rim lighting",
  "overcast morning",
  "candle light",
  "neon glow",
  "soft window light",
  "hard noon sun",
  "moonlit",
  "long shadows",
];
const MANNERS = [
  "35 mm film grain",
  "watercolour on rough paper",
  "ink and wash",
  "flat vector poster",
  "gouache study",
  "cinematic, wide angle",
  "macro photograph, shallow depth of field",
  "oil painting, visible brushwork",
  "risograph print in two colours",
  "charcoal sketch",
  "claymation",
  "isometric diorama",
];
const DETAILS = [
  "intricate detail",
  "muted palette",
  "amber and teal",
  "rose and slate",
  "negative space",
  "fine texture",
  "drifting fog",
  "wet stone",
  "wind in the trees",
  "dust in the air",
  "reflections",
  "a single red lantern",
];
const OTHER_SCRIPTS = [
  "夕暮れの静かな海に立つ灯台、琥珀色の光",
  "雨上がりの路地に映るネオン、夜の街",
  "桜の咲く古い寺、水彩画",
  "草むらで眠る狐、朝霧",
  "山の湖に浮かぶ小さな舟、油絵",
  "маяк над тихим морем на закате, плёночное зерно",
  "한밤의 시장 골목, 비 온 뒤의 반사광",
  "منارة فوق بحر هادئ عند الغروب",
];
const SPRITES = [
  "a knight with a red cape, 32 px",
  "a healing potion, pixel art",
  "a slime with a crown, idle pose",
  "a treasure chest, open, isometric",
];
const NEGATIVES = ["", "", "", "text, watermark", "blurry, low contrast", "people, text", "extra fingers"];

export const SAMPLE_TAGS = [
  "sea",
  "knights",
  "favourite",
  "print",
  "client",
  "reference",
  "poster",
  "portrait",
  "landscape",
  "night",
  "rain",
  "study",
  "final",
  "draft",
  "texture",
  "灯台",
  "市場",
  "animals",
  "robots",
  "architecture",
];
export const SAMPLE_BOARDS = [
  "Knights",
  "Sea",
  "Rain and neon",
  "Poster candidates",
  "Client: Harbour",
  "Textures",
  "Studies",
  "Calendar 2027",
];
export const SAMPLE_STYLES = ["Salt print", "Lantern", "Old harbour", "Paper cut", "Mosswood", "Night bus"];

/** A prompt as people write them; about one in ten is not in the Latin script. */
export function samplePrompt(random: SeededRandom, kind: "image" | "sprite" | "training"): string {
  if (kind === "training") return "";
  if (kind === "sprite") return random.pick(SPRITES);
  if (random.chance(0.1)) return `${random.pick(OTHER_SCRIPTS)}${random.chance(0.4) ? ", film grain" : ""}`;
  const parts = [`${random.pick(SUBJECTS)} ${random.pick(LIGHTS)}`, random.pick(MANNERS)];
  for (let more = random.int(0, 4); more > 0; more -= 1) parts.push(random.pick(DETAILS));
  return parts.join(", ");
}

export function sampleNegative(random: SeededRandom): string {
  return random.pick(NEGATIVES);
}
