import type { Page } from "playwright-core";

/** A real WebM clip of a second or so, recorded by the browser from a canvas; like all such, its header has no length. */
export async function recordClip(
  page: Page,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ([canvasWidth, canvasHeight]) => {
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width: canvasWidth, height: canvasHeight });
      const pen = canvas.getContext("2d");
      const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm;codecs=vp8" });
      const parts: Blob[] = [];
      recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
      const ended = new Promise((resolve) => recorder.addEventListener("stop", resolve));
      recorder.start();
      for (let frame = 0; frame < 30; frame += 1) {
        if (pen === null) throw new Error("There is nothing to draw with.");
        pen.fillStyle = `hsl(${frame * 12} 80% 50%)`;
        pen.fillRect(0, 0, canvasWidth, canvasHeight);
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
      recorder.stop();
      await ended;
      const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    },
    [width, height] as const,
  );
  return Buffer.from(base64, "base64");
}
