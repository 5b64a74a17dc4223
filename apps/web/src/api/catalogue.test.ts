import { describe, expect, it } from "vitest";
import { parseCatalogue } from "./catalogue.ts";
import { parseHealth } from "./health.ts";

const params = {
  type: "object",
  properties: {
    steps: { type: "integer", minimum: 1, maximum: 100, default: 24 },
    seed: { type: "integer" },
  },
};
const model = { id: "paint", name: "Paint", kind: "image", params };

describe("parseCatalogue", () => {
  it("reads providers, models and the limits of their parameters", () => {
    const answer = { providers: [{ id: "local", name: "Built-in engine", paid: false, models: [model] }] };
    expect(parseCatalogue(answer)).toEqual([
      {
        id: "local",
        name: "Built-in engine",
        paid: false,
        missing: [],
        canListRuns: false,
        models: [
          {
            id: "paint",
            name: "Paint",
            kind: "image",
            takesNegativePrompt: true,
            fields: [
              {
                type: "number",
                name: "steps",
                title: "Steps",
                description: "",
                isRequired: false,
                range: { min: 1, max: 100, initial: 24, step: 1 },
              },
              {
                type: "seed",
                name: "seed",
                title: "Seed",
                description: "",
                isRequired: false,
                max: 2147483647,
              },
            ],
          },
        ],
      },
    ]);
  });

  it("leaves out what it cannot read and refuses what is no catalogue", () => {
    const answer = { providers: [{ id: "x" }, { id: "y", name: "Y", models: [{ ...model, kind: "song" }] }] };
    expect(parseCatalogue(answer)).toEqual([
      { id: "y", name: "Y", paid: false, missing: [], canListRuns: false, models: [] },
    ]);
    expect(parseCatalogue({ problem: true })).toBeUndefined();
    expect(parseCatalogue(null)).toBeUndefined();
  });
});

describe("parseHealth", () => {
  it("reads the store's state and what recovery found", () => {
    const finding = { code: "journal.torn", at: "2026-03-10T12:00:00Z", message: "A torn line was cut." };
    const health = parseHealth({
      version: "0.1.0",
      store: { state: "ok", seq: 3, records: 2, findings: [finding, 7] },
    });
    expect(health.store).toMatchObject({ state: "ok", seq: 3, records: 2 });
    expect(health.store.findings).toEqual([{ at: finding.at, message: finding.message }]);
  });

  it("throws on anything else", () => {
    expect(() => parseHealth("ok")).toThrow("cannot be read");
  });
});
