import { isRecord } from "./http/is-record.ts";

/** Our names of what pictures are made with, and how providers call it. */
const NAMES = {
  seed: ["seed"],
  steps: ["num_inference_steps", "steps"],
  guidanceScale: ["guidance_scale", "guidance"],
  strength: ["prompt_strength", "strength"],
} as const;

export type PictureSettings = Partial<Record<keyof typeof NAMES | "width" | "height", number>>;

/** What a run's input says of how its pictures are made; it stands in their records and files. */
export function pictureSettingsIn(input: unknown): PictureSettings {
  if (!isRecord(input)) return {};
  const found: PictureSettings = {};
  for (const [name, theirs] of Object.entries(NAMES)) {
    const value = theirs.map((key) => input[key]).find((one) => typeof one === "number");
    if (isName(name) && typeof value === "number") found[name] = value;
  }
  return found;
}

/** The same out of what was kept with a run. */
export function keptSettings(remote: Readonly<Record<string, unknown>>): PictureSettings {
  const found: PictureSettings = {};
  for (const name of Object.keys(NAMES)) {
    const value = remote[name];
    if (isName(name) && typeof value === "number") found[name] = value;
  }
  return found;
}

const isName = (name: string): name is keyof typeof NAMES => Object.hasOwn(NAMES, name);
