import type { BlobRef, JsonObject } from "../../packages/shared/src/index.ts";
import type { SeededRandom } from "./seeded-random.ts";
import { SAMPLE_TAGS, sampleNegative, samplePrompt } from "./sample-words.ts";

/** A record to create, as a step of a commit. */
export interface SampleStep {
  readonly op: "create";
  readonly collection: "jobs" | "contents" | "boards" | "styles";
  readonly id: string;
  readonly set: JsonObject;
}

export interface SampleShelf {
  readonly pictures: readonly BlobRef[];
  readonly boardIds: readonly string[];
  readonly styleIds: readonly string[];
}

type Kind = "image" | "sprite" | "training";

interface SampleSource {
  readonly provider: string;
  readonly model: string;
  readonly kind: Kind;
  readonly usd: number;
  readonly weight: number;
  readonly takesNegativePrompt?: true;
  /** Makes several pictures at once. */
  readonly takesCount?: true;
}

const SOURCES: readonly SampleSource[] = [
  {
    provider: "local",
    model: "paint",
    kind: "image",
    usd: 0,
    weight: 30,
    takesNegativePrompt: true,
    takesCount: true,
  },
  { provider: "local", model: "sprite", kind: "sprite", usd: 0, weight: 8, takesCount: true },
  { provider: "fal", model: "fal-ai/flux/dev", kind: "image", usd: 0.025, weight: 22, takesCount: true },
  { provider: "fal", model: "fal-ai/flux-lora", kind: "image", usd: 0.035, weight: 10, takesCount: true },
  {
    provider: "replicate",
    model: "black-forest-labs/flux-dev",
    kind: "image",
    usd: 0.025,
    weight: 10,
    takesCount: true,
  },
  {
    provider: "comfyui",
    model: "txt2img",
    kind: "image",
    usd: 0,
    weight: 9,
    takesNegativePrompt: true,
    takesCount: true,
  },
  {
    provider: "a1111",
    model: "txt2img",
    kind: "image",
    usd: 0,
    weight: 5,
    takesNegativePrompt: true,
    takesCount: true,
  },
  { provider: "pixellab", model: "pixflux", kind: "sprite", usd: 0.008, weight: 3 },
  { provider: "fal", model: "fal-ai/flux-lora-fast-training", kind: "training", usd: 2, weight: 1 },
];
const SOURCE_OF_DRAW = SOURCES.flatMap((source) => Array.from({ length: source.weight }, () => source));
/** Most pictures of one job that every provider takes. */
const MOST_AT_ONCE = 4;
const DAY_MS = 24 * 60 * 60 * 1000;
const ERRORS: readonly JsonObject[] = [
  { code: "provider.rejected", message: "The provider's safety check refused the prompt." },
  { code: "provider.failed", message: "The run ended with an error: CUDA out of memory." },
  { code: "provider.timeout", message: "The run did not end within its time." },
];

/** An id with the time in it, as UUID v7 has it. */
export function sampleId(prefix: string, atMs: number, random: SeededRandom): string {
  const time = atMs.toString(16).padStart(12, "0");
  return `${prefix}-${time.slice(0, 8)}-${time.slice(8)}-7${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`;
}

/** A time in the year before `nowMs`: more by day than by night, more lately than long ago. */
export function sampleTimes(random: SeededRandom, count: number, nowMs: number): Float64Array {
  const times = new Float64Array(count);
  for (let index = 0; index < count; index += 1) {
    const daysAgo = Math.floor(365 * random.next() ** 1.4);
    const hour = 8 + 14 * ((random.next() + random.next()) / 2);
    times[index] = Math.min(nowMs - 60_000, nowMs - daysAgo * DAY_MS - (22 - hour) * 3_600_000);
  }
  return times.sort();
}

/** A job that has ended, and its pictures: at most `maxContents`. */
export function sampleJob(
  random: SeededRandom,
  shelf: SampleShelf,
  { atMs, contents }: { readonly atMs: number; readonly contents: number },
): readonly SampleStep[] {
  const source = random.pick(SOURCE_OF_DRAW);
  const { kind, provider, model } = source;
  const id = sampleId("job", Math.round(atMs), random);
  const createdAt = new Date(atMs).toISOString();
  const prompt = samplePrompt(random, kind);
  const avoided = kind === "image" ? sampleNegative(random) : "";
  const negativePrompt = source.takesNegativePrompt === true ? avoided : "";
  const status = statusOf(random, contents);
  const styled = model.includes("lora") && random.chance(0.8);
  const seconds = kind === "training" ? random.int(300, 2400) : 2 + random.next() * 40;
  const pictures = kind === "training" ? 0 : status === "succeeded" ? contents : 0;
  const settings = settingsOf(random, kind);
  const results: string[] = [];
  const steps: SampleStep[] = [];
  for (let index = 0; index < pictures; index += 1) {
    const picture = random.pick(shelf.pictures);
    const contentId = sampleId("content", Math.round(atMs), random);
    const size = { width: picture.width ?? 384, height: picture.height ?? 384 };
    const config: JsonObject = { ...settings, ...size, seed: random.int(1, 2_147_483_647) };
    results.push(contentId);
    steps.push({
      op: "create",
      collection: "contents",
      id: contentId,
      set: {
        createdAt: new Date(atMs + seconds * 1000 + index).toISOString(),
        type: "image",
        origin: "generated",
        prompt,
        negativePrompt,
        config,
        modelId: model,
        provider,
        jobId: id,
        blob: { ...picture },
        ...marksOf(random, shelf),
      },
    });
  }
  const spent = source.usd * Math.max(1, contents) * (0.8 + random.next() * 0.4);
  const startTime = Math.round(atMs + 1500);
  const job: SampleStep = {
    op: "create",
    collection: "jobs",
    id,
    set: {
      createdAt,
      kind,
      provider,
      model,
      prompt,
      ...(negativePrompt !== "" && { negativePrompt }),
      params: {
        ...paramsOf(settings, kind, shelf),
        ...(source.takesCount === true && { count: Math.min(MOST_AT_ONCE, Math.max(1, contents)) }),
      },
      ...(styled && { styleId: random.pick(shelf.styleIds) }),
      status,
      progress: status === "succeeded" ? 1 : random.next(),
      charge:
        source.usd === 0 || status === "canceled"
          ? { state: "none" }
          : { state: "reported", usd: Number(spent.toFixed(4)) },
      ...(status === "failed" && { error: random.pick(ERRORS) }),
      results,
      startTime,
      endTime: Math.round(startTime + seconds * 1000),
      duration: Number(seconds.toFixed(2)),
    },
  };
  return [job, ...steps];
}

/** A picture that somebody added. */
export function sampleUpload(random: SeededRandom, shelf: SampleShelf, atMs: number): SampleStep {
  const picture = random.pick(shelf.pictures);
  const name = `${random.pick(["scan", "IMG", "reference", "写真"])}_${random.int(1000, 9999)}.png`;
  return {
    op: "create",
    collection: "contents",
    id: sampleId("content", Math.round(atMs), random),
    set: {
      createdAt: new Date(atMs).toISOString(),
      type: "image",
      origin: "upload",
      prompt: "",
      negativePrompt: "",
      title: name,
      config: { width: picture.width ?? 384, height: picture.height ?? 384 },
      modelId: "",
      blob: { ...picture, name },
      ...marksOf(random, shelf),
    },
  };
}

function statusOf(random: SeededRandom, contents: number): string {
  if (contents > 0) return "succeeded";
  const draw = random.next();
  if (draw < 0.7) return "failed";
  return draw < 0.95 ? "canceled" : "unknown";
}

/** What a picture's record tells of its settings. */
function settingsOf(random: SeededRandom, kind: Kind): JsonObject {
  if (kind === "training") return { steps: random.pick([500, 1000, 1500]) };
  if (kind === "sprite") return { width: 64, height: 64 };
  const steps = random.pick([8, 20, 24, 28, 40]);
  return { steps, guidanceScale: random.pick([2.5, 3.5, 5, 7.5]) };
}

/** The same settings as its model takes them. */
function paramsOf(
  { guidanceScale, ...settings }: JsonObject,
  kind: Kind,
  { pictures }: SampleShelf,
): JsonObject {
  if (kind === "training") {
    const images = Array.from({ length: 4 }, (_, index) => {
      const { sha256 = "", sizeBytes = 0, mime = "image/png" } = pictures[index % pictures.length] ?? {};
      return { image: { sha256, sizeBytes, mime }, caption: "a sample" };
    });
    return { ...settings, images };
  }
  return { ...settings, ...(guidanceScale !== undefined && { guidance: guidanceScale }) };
}

function marksOf(random: SeededRandom, shelf: SampleShelf): JsonObject {
  const tags = random.chance(0.3)
    ? [...new Set(Array.from({ length: random.int(1, 3) }, () => random.pick(SAMPLE_TAGS)))]
    : undefined;
  return {
    ...(random.chance(0.06) && { star: true }),
    ...(tags !== undefined && { tags }),
    ...(random.chance(0.12) && { boardId: random.pick(shelf.boardIds) }),
  };
}
