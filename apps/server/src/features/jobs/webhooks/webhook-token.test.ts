import { expect, it } from "vitest";
import { createWebhookTokens } from "./webhook-token.ts";

it("is good for one job of one provider of one studio, and cannot be made up", () => {
  const tokens = createWebhookTokens("key of this studio");
  const token = tokens.make("fal", "job-1.a");
  expect(tokens.jobOf("fal", token)).toBe("job-1.a");
  expect(tokens.jobOf("replicate", token)).toBeUndefined();
  expect(createWebhookTokens("another key").jobOf("fal", token)).toBeUndefined();
  expect(tokens.jobOf("fal", token.replace("job-1", "job-2"))).toBeUndefined();
  for (const made of ["", ".", "job-1", "job-1.", `.${token}`, `${token}A`]) {
    expect(tokens.jobOf("fal", made), made).toBeUndefined();
  }
});
