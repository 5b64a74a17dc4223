import type { Store } from "../../packages/store/src/index.ts";
import { writeSamplePictures } from "./sample-pictures.ts";
import {
  sampleId,
  sampleJob,
  type SampleShelf,
  type SampleStep,
  sampleTimes,
  sampleUpload,
} from "./sample-records.ts";
import { SAMPLE_BOARDS, SAMPLE_STYLES } from "./sample-words.ts";
import { createSeededRandom, type SeededRandom } from "./seeded-random.ts";

export interface SampleOptions {
  readonly jobs: number;
  readonly contents: number;
  /** Distinct pictures that the contents share. */
  readonly pictures: number;
  readonly seed: number;
  /** The newest record is about this old, in epoch ms. */
  readonly nowMs: number;
}

const STEPS_PER_COMMIT = 1000;
/** Share of the contents that were added rather than made. */
const UPLOADED = 0.05;
/** Share of the jobs that brought nothing. */
const FRUITLESS = 0.08;

/** Fills a store with a year of work: exactly so many jobs and contents, and boards and styles. */
export async function fillWithSamples(store: Store, options: SampleOptions): Promise<void> {
  const random = createSeededRandom(options.seed);
  const pictures = await writeSamplePictures(store, random, options.pictures);
  const yearAgoMs = options.nowMs - 366 * 24 * 60 * 60 * 1000;
  const named = (collection: "boards" | "styles", prefix: string, names: readonly string[]) =>
    names.map((name, index): SampleStep => {
      const createdAt = new Date(yearAgoMs + index * 1000).toISOString();
      const id = sampleId(prefix, yearAgoMs + index * 1000, random);
      return { op: "create", collection, id, set: { name, createdAt } };
    });
  const boards = named("boards", "board", SAMPLE_BOARDS);
  const styles = named("styles", "style", SAMPLE_STYLES);
  const shelf = { pictures, boardIds: boards.map(({ id }) => id), styleIds: styles.map(({ id }) => id) };
  let waiting: SampleStep[] = [...boards, ...styles];
  for (const steps of yearOfWork(random, shelf, options)) {
    waiting.push(...steps);
    if (waiting.length < STEPS_PER_COMMIT) continue;
    await commit(store, waiting);
    waiting = [];
  }
  await commit(store, waiting);
  await store.checkpoint();
}

async function commit(store: Store, steps: readonly SampleStep[]): Promise<void> {
  if (steps.length === 0) return;
  await store.commit({ by: "samples", actor: "server", atomicity: "all", steps });
}

/** Jobs with their pictures and uploads, oldest first. */
function* yearOfWork(
  random: SeededRandom,
  shelf: SampleShelf,
  { jobs, contents, nowMs }: SampleOptions,
): Generator<readonly SampleStep[]> {
  const uploads = jobs === 0 ? contents : Math.round(contents * UPLOADED);
  const times = sampleTimes(random, jobs + uploads, nowMs);
  let jobsLeft = jobs;
  let uploadsLeft = uploads;
  let picturesLeft = contents - uploads;
  for (const atMs of times) {
    if (random.next() * (jobsLeft + uploadsLeft) < uploadsLeft) {
      uploadsLeft -= 1;
      yield [sampleUpload(random, shelf, atMs)];
      continue;
    }
    const asked = picturesOf(random, picturesLeft / jobsLeft);
    const steps = sampleJob(random, shelf, { atMs, contents: Math.min(asked, picturesLeft) });
    picturesLeft -= steps.length - 1;
    jobsLeft -= 1;
    yield steps;
  }
  // What chance left over was added by hand.
  for (; picturesLeft > 0; picturesLeft -= 1) yield [sampleUpload(random, shelf, nowMs - 30_000)];
}

/** How many pictures a job brought, about `mean` of them. */
function picturesOf(random: SeededRandom, mean: number): number {
  if (random.chance(FRUITLESS)) return 0;
  const few = Math.max(1, Math.floor(mean));
  if (mean > 1.5) return random.int(Math.max(1, few - 1), few + 2);
  const draw = random.next();
  if (draw < 0.02) return 4;
  if (draw < 0.05) return 2;
  // What those and the fruitless leave for the others, so that the pictures last to the end.
  return random.chance(Math.min(1, (mean / (1 - FRUITLESS) - 0.14) / 0.95)) ? 1 : 0;
}
