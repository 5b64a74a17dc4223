import sharp from "sharp";

/** A PNG of one pixel; another `shade` gives other bytes. */
export async function onePixelPng(shade = 0): Promise<Uint8Array> {
  const background = { r: shade % 256, g: 40, b: 90 };
  return sharp({ create: { width: 1, height: 1, channels: 3, background } })
    .png()
    .toBuffer();
}
