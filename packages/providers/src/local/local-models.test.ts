import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkRequest } from "../check-request.ts";
import { LOCAL_MODELS } from "./local-models.ts";

const name = fc.constantFrom(
  "width",
  "height",
  "steps",
  "guidance",
  "seed",
  "count",
  "colours",
  "outline",
  "other",
);
const value = fc.oneof(
  fc.integer({ min: -10, max: 3000 }),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(0, 1, 64, 4_294_967_295),
  fc.jsonValue(),
);
const params = fc.dictionary(name, value, { maxKeys: 5 });

describe.each(LOCAL_MODELS.map((model) => [model.id, model] as const))("the model %s", (_, model) => {
  it("plans pictures for whatever it accepts, and names the field of whatever it does not", () => {
    fc.assert(
      fc.property(params, (given) => {
        const request = {
          jobId: "job-1",
          kind: model.kind,
          model: model.id,
          prompt: "a sea",
          params: JSON.parse(JSON.stringify(given)),
        };
        const fault = checkRequest(LOCAL_MODELS, request);
        if (fault !== undefined) {
          expect(Object.keys(request.params).some((key) => fault.path.startsWith(`/params/${key}`))).toBe(
            true,
          );
          return;
        }
        const pictures = model.plan(request);
        expect(pictures).toHaveLength(request.params.count ?? 1);
        for (const { task, details } of pictures) {
          expect(Number.isInteger(task.seed) && task.seed >= 0 && task.seed <= 4_294_967_295).toBe(true);
          expect(task.width * task.height).toBeGreaterThan(0);
          expect(details).toMatchObject({ seed: task.seed, width: task.width, height: task.height });
        }
      }),
      { numRuns: 400 },
    );
  });

  it("fills in what is left out", () => {
    const [picture] = model.plan({ jobId: "job-1", kind: model.kind, prompt: "a sea", params: {} });
    const size =
      model.id === "paint" ? { width: 768, height: 512, steps: 24, guidanceScale: 3.5 } : { width: 64 };
    expect(picture?.details).toMatchObject(size);
  });
});
