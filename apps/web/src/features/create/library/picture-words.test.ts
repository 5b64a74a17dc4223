import { expect, it } from "vitest";
import { makeContent } from "../../../testing/make-records.ts";
import type { FactNames } from "../viewer/settings-facts.ts";
import { pictureSource } from "./picture-words.ts";

const NAMES: FactNames = {
  provider: (id) => (id === "local" ? "Built-in engine" : id),
  model: (id, provider) => (id === "paint" && provider === "local" ? "Paint" : id),
};

it("says by its name what made a picture, and with which seed", () => {
  const made = makeContent({ id: "img-1", provider: "local", config: { seed: 7 } });
  expect(pictureSource(made, NAMES)).toBe("Paint · seed 7");
  expect(pictureSource({ ...made, modelId: "", config: {} }, NAMES)).toBe("Built-in engine");
  expect(pictureSource({ ...made, modelId: "sdxl-1", provider: "elsewhere" }, NAMES)).toBe("sdxl-1 · seed 7");
});

it("says the size of what was uploaded, and of what came from nobody that it was imported", () => {
  const upload = makeContent({ id: "img-2", origin: "upload", config: { width: 640, height: 480 } });
  expect(pictureSource(upload, NAMES)).toBe("Upload · 640 × 480");
  expect(pictureSource(makeContent({ id: "img-3", modelId: "" }), NAMES)).toBe("Imported");
});
