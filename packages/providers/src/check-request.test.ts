import { Type } from "@sinclair/typebox";
import { describe, expect, it } from "vitest";
import { checkRequest, modelFor } from "./check-request.ts";
import type { ProviderModel, ProviderRequest } from "./provider.ts";

const params = Type.Object(
  {
    steps: Type.Optional(Type.Integer()),
    aspect: Type.Optional(Type.Union([Type.Literal("square"), Type.Literal("wide")])),
  },
  { additionalProperties: false },
);
const models: readonly ProviderModel[] = [
  { id: "still", name: "Still", kind: "image", params },
  { id: "grand", name: "Grand", kind: "image", params },
  { id: "clip", name: "Clip", kind: "video", params },
  { id: "tune", name: "Tune", kind: "training", params, takesNegativePrompt: false },
];
const request: ProviderRequest = { jobId: "job-1", kind: "image", prompt: "a sea", params: {} };

describe("checking a request", () => {
  it("takes the first model of a kind when none is named", () => {
    expect(modelFor(models, request)?.id).toBe("still");
    expect(modelFor(models, { kind: "video" })?.id).toBe("clip");
    expect(modelFor(models, { kind: "image", model: "clip" })).toBeUndefined();
  });

  it.each([
    [{ kind: "chat" as const }, "/kind", "This provider makes no chat."],
    [{ model: "clip" }, "/model", 'No model "clip" for image; there is still, grand.'],
    [{ prompt: "\n" }, "/prompt", "Say what to make."],
    [
      { kind: "training" as const, negativePrompt: "blur" },
      "/negativePrompt",
      "Tune takes no negative prompt.",
    ],
    [{ params: { cfg: 2 } }, "/params/cfg", "Still has no such parameter."],
    [{ params: { aspect: "tall" } }, "/params/aspect", 'Expected "square" or "wide".'],
    [{ params: { steps: 1.5 } }, "/params/steps", "Expected integer."],
  ])("names the place of a fault: %o", (change, path, message) => {
    expect(checkRequest(models, { ...request, ...change })).toEqual({ path, message });
  });

  it("asks for no words where pictures say what to train", () => {
    expect(
      checkRequest(models, { ...request, kind: "training", prompt: "", negativePrompt: " " }),
    ).toBeUndefined();
  });
});
