import type { MeasurePicture } from "../ports.ts";

/** Decodes a picture to learn its size; what the browser cannot decode has none. */
export const measurePicture: MeasurePicture = async (bytes) => {
  if (!bytes.type.startsWith("image/") || typeof createImageBitmap === "undefined") return undefined;
  try {
    const bitmap = await createImageBitmap(bytes);
    const { width, height } = bitmap;
    bitmap.close();
    return { width, height };
  } catch {
    // Not a picture that this browser knows: the server looks at the bytes itself.
    return undefined;
  }
};
