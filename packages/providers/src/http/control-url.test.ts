import { expect, it } from "vitest";
import { controlUrl } from "./control-url.ts";

const bases = ["https://queue.fal.run", "https://api.fal.ai/v1"];

it("takes URLs on the configured origins", () => {
  expect(controlUrl("https://queue.fal.run/fal-ai/flux/requests/1", bases)).toBe(
    "https://queue.fal.run/fal-ai/flux/requests/1",
  );
  expect(controlUrl("https://api.fal.ai/other", bases)).toBe("https://api.fal.ai/other");
});

it.for([
  "https://queue.fal.run.evil.test/x",
  "http://queue.fal.run/x",
  "https://queue.fal.run:8443/x",
  "https://user:pass@queue.fal.run/x",
  "http://169.254.169.254/latest/meta-data",
  "file:///etc/passwd",
  "data:text/plain,x",
  "/relative",
  "",
  7,
  undefined,
])("sends no key to %j", (value) => {
  expect(controlUrl(value, bases)).toBeUndefined();
});
