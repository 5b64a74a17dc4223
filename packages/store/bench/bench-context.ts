import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** How much is measured. */
export interface BenchSize {
  /** Records of the large studio; the small one has `fewRecords`. */
  readonly records: number;
  readonly fewRecords: number;
  readonly rounds: number;
  /** Upserts per round: by many writers, by one, and by peers that are slow at it. */
  readonly manyUpserts: number;
  readonly oneUpserts: number;
}

export const FULL_SIZE: BenchSize = {
  records: 100_000,
  fewRecords: 1000,
  rounds: 5,
  manyUpserts: 250_000,
  oneUpserts: 3000,
};

/** A second or two: shows that the benchmarks run, not how fast anything is. */
export const SMALL_SIZE: BenchSize = {
  records: 2000,
  fewRecords: 200,
  rounds: 1,
  manyUpserts: 2000,
  oneUpserts: 50,
};

export interface BenchContext {
  readonly size: BenchSize;
  /** A fresh folder on the disk that is measured. */
  folder(name: string): Promise<string>;
  /** Says what is being measured. */
  progress(words: string): void;
  dispose(): Promise<void>;
}

/** `under`: where the folders are made, for measuring another disk than that of the temporary files. */
export async function createBenchContext(options: {
  readonly size: BenchSize;
  readonly progress: (words: string) => void;
  readonly under?: string;
}): Promise<BenchContext> {
  const root = await mkdtemp(path.join(options.under ?? tmpdir(), "safelight-bench-"));
  return {
    size: options.size,
    progress: options.progress,
    async folder(name) {
      const folder = path.join(root, name);
      await mkdir(folder, { recursive: true });
      return folder;
    },
    dispose: () => rm(root, { recursive: true, force: true }),
  };
}
