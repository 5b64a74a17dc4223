import type { BlobRef } from "../../packages/shared/src/index.ts";
import type { Store } from "../../packages/store/src/index.ts";
import { encodePng } from "../../packages/providers/src/local/encode-png.ts";
import type { SeededRandom } from "./seeded-random.ts";

const PALETTES = [
  [0x2b1a2f, 0xb5533c, 0xf2b36b, 0xfbe3b8],
  [0x0d2233, 0x1f5f7a, 0x79b8b0, 0xf1e7c9],
  [0x1b1a12, 0x6b5a2a, 0xc9a24a, 0xf4e3b0],
  [0x241322, 0x7b2d4f, 0xd9737a, 0xf7cdb4],
  [0x10201a, 0x2c6650, 0x96b978, 0xeef0c6],
  [0x16182a, 0x3d4a86, 0x9b8fcf, 0xf0d9e4],
] as const;
const LONG_SIDE = 384;
const ASPECTS = [1.5, 1, 1.5, 0.75, 4 / 3, 16 / 9, 1, 2 / 3, 9 / 16, 0.8];

/** Draws `count` different pictures and writes them into the store. */
export async function writeSamplePictures(
  store: Pick<Store, "blobs">,
  random: SeededRandom,
  count: number,
): Promise<readonly BlobRef[]> {
  const blobs: BlobRef[] = [];
  for (let index = 0; index < count; index += 1) {
    const aspect = ASPECTS[index % ASPECTS.length] ?? 1;
    const width = Math.round(aspect >= 1 ? LONG_SIDE : LONG_SIDE * aspect);
    const height = Math.round(aspect >= 1 ? LONG_SIDE / aspect : LONG_SIDE);
    const bytes = await encodePng({ bytes: paint(random, { width, height }), width, height, channels: 3 });
    const blob = await store.blobs.write(once(bytes), { name: `sample-${index}.png` });
    blobs.push({ ...blob, width, height });
  }
  return blobs;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Soft bands of one palette, bent by two waves. */
function paint(random: SeededRandom, size: { readonly width: number; readonly height: number }): Uint8Array {
  const { width, height } = size;
  const palette = random.pick(PALETTES);
  const [bend, lean, shift] = [0.6 + random.next() * 2.4, 0.6 + random.next() * 1.6, random.next() * 20];
  const bytes = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const v = (y / height) * 2 - 1;
    for (let x = 0; x < width; x += 1) {
      const u = (x / width) * 3 - 1.5;
      const wave =
        Math.sin(u * bend + Math.sin(v * 2.1 * lean + shift)) +
        Math.cos(v * bend * 1.3 + Math.sin(u * 1.7 * lean - shift * 0.7)) +
        0.5 * Math.sin((u * u + v * v) * 3.1 + shift);
      const tone = Math.min(2.999, Math.max(0, ((wave + 2.5) / 5) * 3));
      const step = Math.floor(tone);
      const from = palette[step] ?? 0;
      const to = palette[step + 1] ?? from;
      const at = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel += 1) {
        const move = 16 - channel * 8;
        const [low, high] = [(from >> move) & 255, (to >> move) & 255];
        bytes[at + channel] = low + (high - low) * (tone - step);
      }
    }
  }
  return bytes;
}
