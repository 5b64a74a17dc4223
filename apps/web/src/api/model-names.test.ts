import { expect, it } from "vitest";
import { distinctModelNames, modelNameIn } from "./model-names.ts";

const catalogue = [
  { id: "local", models: [{ id: "paint", name: "Paint" }] },
  { id: "fal", models: [{ id: "fal-ai/flux/dev", name: "FLUX.1 dev" }] },
  { id: "replicate", models: [{ id: "black-forest-labs/flux-dev", name: "FLUX.1 dev" }] },
];

it("calls a model by its name, and one that nobody knows by its id", () => {
  expect(modelNameIn(catalogue, "paint", "local")).toBe("Paint");
  expect(modelNameIn(catalogue, "paint")).toBe("Paint");
  expect(modelNameIn(catalogue, "paint", "fal")).toBe("paint");
  expect(modelNameIn([], "paint")).toBe("paint");
});

it("tells models of one name apart where they stand together", () => {
  const both = distinctModelNames(catalogue, ["fal-ai/flux/dev", "black-forest-labs/flux-dev", "paint"]);
  expect(both("fal-ai/flux/dev")).toBe("FLUX.1 dev (fal-ai/flux/dev)");
  expect(both("paint")).toBe("Paint");
  expect(distinctModelNames(catalogue, ["fal-ai/flux/dev"])("fal-ai/flux/dev")).toBe("FLUX.1 dev");
});
