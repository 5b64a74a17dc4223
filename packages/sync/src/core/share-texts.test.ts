import { expect, test } from "vitest";
import { createTextSharer } from "./share-texts.ts";

test("records are what they were, whatever they hold", () => {
  const shareTexts = createTextSharer();
  const made = (at: number) => ({
    id: `content-${at}`,
    prompt: "a lighthouse at dusk, over a quiet harbour",
    modelId: "paint",
    star: true,
    seed: at,
    title: null,
    tags: ["sea", "sky"],
    blob: { mime: "image/png", name: `${at}.png`, extra: { deep: ["x"] } },
  });
  const records = Array.from({ length: 5000 }, (_, at) => made(at));
  for (const record of records) shareTexts(record);
  expect(records).toEqual(Array.from({ length: 5000 }, (_, at) => made(at)));
});
