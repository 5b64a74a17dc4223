export type Layout =
  | "sea"
  | "mountains"
  | "forest"
  | "meadow"
  | "desert"
  | "city"
  | "portrait"
  | "bloom"
  | "space"
  | "abstract";

export type Mood = "dusk" | "dawn" | "golden" | "day" | "night" | "storm" | "mist" | "winter" | "autumn";

export type Subject =
  | "sun"
  | "moon"
  | "stars"
  | "clouds"
  | "lighthouse"
  | "boat"
  | "tree"
  | "house"
  | "birds"
  | "water";

/** What one word asks for. */
export interface WordMeaning {
  readonly layout?: Layout;
  readonly mood?: Mood;
  readonly subject?: Subject;
}

const layouts: Readonly<Record<Layout, string>> = {
  sea: "sea ocean coast beach shore wave harbour harbor bay island surf seaside tide ship sailing horizon",
  mountains:
    "mountain peak alp hill cliff valley ridge fjord canyon volcano highland glacier summit landscape",
  forest: "forest wood woodland jungle grove birch pine trunk fern glade",
  meadow:
    "meadow field garden grass prairie farm wheat countryside village park spring summer barn orchard vineyard",
  desert: "desert dune sahara oasis camel arid",
  city: "city skyline street town building skyscraper neon cyberpunk urban metropolis downtown tokyo york london paris",
  portrait:
    "portrait face woman man girl boy person head queen king lady knight wizard witch hero warrior character child",
  bloom: "flower bloom blossom peony bouquet petal tulip lily dahlia orchid lotus sunflower poppy",
  space: "space nebula galaxy planet cosmos cosmic universe supernova comet astronaut orbit alien",
  abstract: "abstract pattern silk swirl texture fluid marble wallpaper background gradient dream",
};

const moods: Readonly<Record<Mood, string>> = {
  dusk: "dusk sunset evening twilight gloaming",
  dawn: "dawn sunrise morning",
  golden: "golden afternoon warm sunlit",
  day: "day noon sunny bright midday daylight",
  night: "night midnight dark nocturnal moonlit moonlight",
  storm: "storm stormy rain thunder tempest gloomy moody",
  mist: "mist misty fog foggy haze hazy quiet calm",
  winter: "winter snow snowy ice frozen frost arctic",
  autumn: "autumn fall october",
};

const subjects: Readonly<Record<Subject, string>> = {
  sun: "sun sunset sunrise sunlight",
  moon: "moon moonlit moonlight lunar",
  stars: "star starry starlight constellation",
  clouds: "cloud cloudy overcast",
  lighthouse: "lighthouse beacon",
  boat: "boat sail sailboat ship yacht",
  tree: "tree oak willow",
  house: "house cabin cottage hut barn farm home village",
  birds: "bird gull seagull crow swallow",
  water: "lake river pond reflection water fjord stream",
};

/** Layouts that a word brings along when nothing names one: a lighthouse stands by the sea. */
const impliedLayouts: Readonly<Partial<Record<Subject, Layout>>> = {
  lighthouse: "sea",
  boat: "sea",
  tree: "meadow",
  house: "meadow",
  water: "mountains",
  birds: "sea",
  clouds: "meadow",
  sun: "sea",
  moon: "mountains",
  stars: "mountains",
};

/** Every word that steers a painting. */
export const VOCABULARY: Readonly<Record<string, WordMeaning>> = buildVocabulary();

/** The layout for a prompt that names only `subject`. */
export function layoutImpliedBy(subject: Subject): Layout | undefined {
  return impliedLayouts[subject];
}

function buildVocabulary(): Readonly<Record<string, WordMeaning>> {
  const meanings: Record<string, WordMeaning> = {};
  const add = (list: string, meaning: WordMeaning): void => {
    for (const word of list.split(" ")) meanings[word] = { ...meanings[word], ...meaning };
  };
  for (const [layout, list] of typedEntries(layouts)) add(list, { layout });
  for (const [mood, list] of typedEntries(moods)) add(list, { mood });
  for (const [subject, list] of typedEntries(subjects)) add(list, { subject });
  return meanings;
}

function typedEntries<K extends string>(record: Readonly<Record<K, string>>): [K, string][] {
  return Object.entries(record) as [K, string][];
}
