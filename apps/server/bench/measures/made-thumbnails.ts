import { setTimeout as wait } from "node:timers/promises";
import sharp from "sharp";
import { measurement, type Measurement } from "../../../../packages/store/bench/measurement.ts";
import { configureDecoder } from "../../src/media/configure-decoder.ts";
import type { HttpBenchContext } from "../http-bench-context.ts";
import { measureRounds } from "../measure-rounds.ts";
import { getBytes, putBlob } from "../request.ts";
import { createPictures } from "../sample-pictures.ts";

const IN_FLIGHT = 4;

/** Thumbnails of pictures that have none yet, over HTTP, against sharp alone with four in flight. */
export async function measureMadeThumbnails(context: HttpBenchContext): Promise<readonly Measurement[]> {
  const { studio, size } = context;
  const pictures = await createPictures(size.pictureSide);
  configureDecoder();

  const freshPictures = () => Array.from({ length: size.pictures }, () => pictures.next());
  const rates = await measureRounds(context, "thumbnails made", {
    async studio() {
      const hashes: string[] = [];
      for (const picture of freshPictures()) hashes.push(await putBlob(studio.url, picture));
      await wait(size.restMs);
      return rateOf(hashes, (sha256) => getBytes(`${studio.url}/api/thumbnails/${sha256}/256`));
    },
    async sharp() {
      const fresh = freshPictures();
      await wait(size.restMs);
      return rateOf(fresh, (picture) =>
        sharp(picture).resize({ width: 256 }).webp({ quality: 88, effort: 2 }).toBuffer(),
      );
    },
  });
  return [
    measurement({
      measure: `thumbnails made of ${size.pictureSide} px pictures, against sharp with ${IN_FLIGHT} in flight`,
      value: rates.studio,
      unit: "1/s",
      ratio: rates.studio / rates.sharp,
      atLeast: 0.9,
    }),
  ];
}

/** Items done per second, `IN_FLIGHT` at a time. */
async function rateOf<T>(items: readonly T[], make: (item: T) => Promise<unknown>): Promise<number> {
  const started = performance.now();
  const queue = items.values();
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async () => {
      for (const item of queue) await make(item);
    }),
  );
  return (items.length * 1000) / (performance.now() - started);
}
