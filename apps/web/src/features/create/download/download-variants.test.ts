import { expect, it } from "vitest";
import { makeContent } from "../../../testing/make-records.ts";
import { variantsOf } from "./download-variants.ts";

const png = { sha256: "a".repeat(64), sizeBytes: 3, mime: "image/png" };
const made = makeContent({ id: "a", blob: png });
const upload = makeContent({ id: "b", origin: "upload", prompt: "", blob: png });
const labels = (contents: Parameters<typeof variantsOf>[0]) => variantsOf(contents).map(({ id }) => id);

it("offers what makes a difference to any of the pictures", () => {
  expect(labels([upload])).toEqual(["original"]);
  expect(labels([upload, made])).toEqual(["original", "described"]);
  expect(labels([makeContent({ id: "c" })])).toEqual([]);
});

it("looks at no more of many than it takes", () => {
  let looked = 0;
  const many = {
    *[Symbol.iterator]() {
      for (;;) {
        looked += 1;
        yield made;
      }
    },
  };
  expect(labels(many)).toHaveLength(2);
  expect(looked).toBe(2);
});
