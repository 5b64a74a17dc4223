import { stampPicture } from "@safelight/shared/picture-metadata";
import { describe, expect, it } from "vitest";
import { writePngTexts } from "../../../packages/shared/src/picture-metadata/png-text.ts";
import { makePng } from "./make-picture.ts";
import { createRoom, dropFiles } from "./rooms.ts";
import { usePage } from "./use-page.ts";

const PROMPT = "静かな海の上の灯台、夕暮れ";
const FORM = "form[aria-label='New pictures']";

const stage = usePage({ path: "/create" });

const comfy = {
  "3": {
    class_type: "KSampler",
    inputs: { seed: 77, steps: 12, cfg: 6, positive: ["6", 0], negative: ["7", 0], latent_image: ["5", 0] },
  },
  "5": { class_type: "EmptyLatentImage", inputs: { width: 320, height: 256 } },
  "6": { class_type: "CLIPTextEncode", inputs: { text: PROMPT } },
  "7": { class_type: "CLIPTextEncode", inputs: { text: "霧" } },
};
const invoke = {
  positive_prompt: PROMPT,
  negative_prompt: "霧",
  seed: 77,
  steps: 12,
  cfg_scale: 6,
  width: 320,
  height: 256,
};
const texts: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  AUTOMATIC1111: [
    ["parameters", `${PROMPT}\nNegative prompt: 霧\nSteps: 12, CFG scale: 6, Seed: 77, Size: 320x256`],
  ],
  ComfyUI: [
    ["prompt", JSON.stringify(comfy)],
    ["workflow", "{}"],
  ],
  InvokeAI: [["invokeai_metadata", JSON.stringify(invoke)]],
};

function pictureOf(program: string): Buffer {
  const png = makePng(32, 24, [10, 80, 160]);
  const known = texts[program];
  const stamped =
    known === undefined
      ? stampPicture(png, {
          source: "safelight",
          prompt: PROMPT,
          negativePrompt: "霧",
          steps: 12,
          guidanceScale: 6,
          seed: 77,
          width: 320,
          height: 256,
          made: { provider: "local", model: "paint", kind: "image", params: { steps: 12, guidance: 6 } },
        })
      : writePngTexts(png, new Map(known));
  if (stamped === undefined) throw new Error("The picture was not stamped.");
  return Buffer.from(stamped);
}

describe("A picture that is dropped on the form", () => {
  it.each(["AUTOMATIC1111", "ComfyUI", "InvokeAI", "Safelight"])("fills it in: %s", async (program) => {
    const room = createRoom(stage.page);
    await room.prompt.fill("what was there before");
    await dropFiles(stage.page, [{ name: "sea.png", type: "image/png", bytes: pictureOf(program) }], FORM);
    await stage.page.getByText(`written by ${program}`).waitFor();
    expect(await room.prompt.inputValue()).toBe(PROMPT);
    expect(await stage.page.getByLabel("Negative prompt").inputValue()).toBe("霧");
    expect(await stage.page.getByLabel("Seed", { exact: true }).inputValue()).toBe("77");
    expect(await stage.page.getByRole("slider", { name: "Steps" }).getAttribute("aria-valuenow")).toBe("12");
    expect(await stage.page.getByRole("button", { name: "Lock the seed" }).getAttribute("aria-pressed")).toBe(
      "true",
    );
    // It was read, not added.
    expect(await room.pictures.count()).toBe(0);

    await stage.page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => room.prompt.inputValue()).toBe("what was there before");
    expect(stage.complaints).toEqual([]);
  });

  it("says so when it tells nothing", async () => {
    await dropFiles(
      stage.page,
      [{ name: "plain.png", type: "image/png", bytes: makePng(8, 8, [1, 2, 3]) }],
      FORM,
    );
    await stage.page.getByText("plain.png does not say how it was made.").waitFor();
    expect(await stage.page.getByText("Drop to add to the library").count()).toBe(0);
  });
});
