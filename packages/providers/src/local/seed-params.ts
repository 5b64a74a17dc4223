import { Type } from "@sinclair/typebox";
import { hashText } from "./core/random.ts";

/** Largest seed: seeds are 32-bit. */
const MAX_SEED = 0xffff_ffff;

/** Parameters that every model of the built-in engine takes. */
export const seedParams = {
  seed: Type.Optional(
    Type.Integer({
      title: "Seed",
      description: "The same seed and prompt give the same picture. Left out, each job gets one of its own.",
      minimum: 0,
      maximum: MAX_SEED,
    }),
  ),
  count: Type.Optional(
    Type.Integer({
      title: "Pictures",
      description: "How many to make; each takes the next seed.",
      minimum: 1,
      maximum: 16,
      default: 1,
    }),
  ),
};

/** The seed of a job's picture `index`: the given one, else one that belongs to the job, so that a re-run is the same. */
export function seedFor(options: { jobId: string; seed: number | undefined; index: number }): number {
  return ((options.seed ?? hashText(options.jobId, 3)) + options.index) >>> 0;
}
