import type { GeneratedContent } from "@safelight/shared";
import { describe, expect, it } from "vitest";
import { recordClip } from "./record-clip.ts";
import { dropFiles } from "./rooms.ts";
import { usePage } from "./use-page.ts";

const stage = usePage({ path: "/create" });

const tile = () => stage.page.getByRole("gridcell");
const playing = () =>
  stage.page.evaluate(() => {
    const video = document.querySelector<HTMLVideoElement>("[role=dialog] video");
    return video !== null && !video.paused && video.readyState >= 2;
  });

async function contents(): Promise<readonly GeneratedContent[]> {
  const answer = await fetch(`${stage.studio.url}/api/contents`);
  return ((await answer.json()) as { items: GeneratedContent[] }).items;
}

describe("clips", () => {
  it("are added by a drop, have a poster, move under the focus, and are played by keyboard", async () => {
    const { page } = stage;
    const { keyboard } = page;
    const clip = await recordClip(page, { width: 320, height: 180 });
    await dropFiles(page, [
      { name: "waves.webm", type: "video/webm", bytes: clip },
      { name: "broken.webm", type: "video/webm", bytes: clip.subarray(0, 200) },
    ]);
    await page.getByText("broken.webm cannot be played here").waitFor();
    const poster = tile().locator("img");
    await expect
      .poll(() => poster.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth))
      .toBe(320);
    await tile()
      .getByText(/^0:0\d$/)
      .waitFor();
    await expect.poll(async () => (await contents())[0]?.blob?.width, { timeout: 20_000 }).toBe(320);
    const [content] = await contents();
    expect(content).toMatchObject({
      type: "video",
      origin: "upload",
      blob: { mime: "video/webm", height: 180 },
      poster: { mime: "image/webp", width: 320, height: 180 },
    });
    expect(content?.blob?.durationMs).toBeGreaterThan(600);

    expect(await tile().locator("video").count()).toBe(0);
    await tile().getByRole("link").focus();
    await expect
      .poll(() =>
        tile()
          .locator("video")
          .evaluateAll((videos) => videos.map((video) => video instanceof HTMLVideoElement && !video.paused)),
      )
      .toEqual([true]);
    await page.getByLabel("Search the library").focus();
    await expect.poll(() => tile().locator("video").count()).toBe(0);
    await tile().hover();
    await expect.poll(() => tile().locator("video").count()).toBe(1);

    await tile().getByRole("link").focus();
    await keyboard.press("Enter");
    const viewer = page.getByRole("dialog", { name: "waves.webm" });
    await viewer.getByText("Length").waitFor();
    await expect.poll(playing).toBe(true);
    await keyboard.press("Space");
    await expect.poll(playing).toBe(false);
    const at = () =>
      viewer
        .locator("video")
        .evaluate((video) => (video instanceof HTMLVideoElement ? video.currentTime : undefined));
    // As often as a slow recording may need.
    for (let count = 0; count < 5; count += 1) await keyboard.press("Shift+ArrowLeft");
    await expect.poll(at).toBe(0);
    await keyboard.press("Space");
    await expect.poll(playing).toBe(true);
    await keyboard.press("Escape");
    await viewer.waitFor({ state: "detached" });
    expect(stage.complaints).toEqual([]);
  });

  it("that came without a poster get one from the first page that shows them", async () => {
    const { page, studio } = stage;
    const clip = await recordClip(page, { width: 240, height: 320 });
    const form = new FormData();
    form.append("files", new Blob([new Uint8Array(clip)]), "tall.webm");
    const answer = await fetch(`${studio.url}/api/uploads`, { method: "POST", body: form });
    const { files } = (await answer.json()) as { files: { blob: object }[] };
    // Size and length are the server's reading.
    expect(files[0]?.blob).toMatchObject({ mime: "video/webm", width: 240, height: 320 });
    await expect
      .poll(async () => (await contents())[0]?.poster, { timeout: 30_000 })
      .toMatchObject({ width: 240, height: 320 });
    await expect.poll(() => tile().locator("img").count()).toBe(1);
  });
});
