import { describe, expect, it } from "vitest";
import { parseFields } from "./param-field.ts";

const typesOf = (properties: Record<string, object>, required: string[] = []) =>
  parseFields(JSON.parse(JSON.stringify({ type: "object", properties, required })));

describe("the fields of a model", () => {
  it("are drawn from its JSON schema", () => {
    const fields = typesOf(
      {
        steps: { type: "integer", minimum: 1, maximum: 50, default: 20, title: "Steps" },
        strength: { type: "number", minimum: 0, maximum: 1, default: 0.8 },
        seed: { type: "integer", minimum: 0, maximum: 4294967295 },
        noBackground: { type: "boolean" },
        view: {
          anyOf: [
            { const: "side", type: "string" },
            { const: "top", type: "string" },
          ],
        },
        shape: { enum: ["1:1", "16:9"], default: "1:1" },
        checkpoint: { type: "string", maxLength: 200 },
        picture: { type: "object", input: "picture" },
        loras: {
          type: "array",
          input: "loras",
          maxItems: 3,
          items: {
            type: "object",
            properties: { scale: { type: "number", minimum: 0, maximum: 2, default: 1 } },
          },
        },
      },
      ["picture"],
    );
    expect(fields.map(({ name, type }) => [name, type])).toEqual([
      ["steps", "number"],
      ["strength", "number"],
      ["seed", "seed"],
      ["noBackground", "switch"],
      ["view", "choice"],
      ["shape", "choice"],
      ["checkpoint", "text"],
      ["picture", "picture"],
      ["loras", "loras"],
    ]);
    expect(fields[0]).toMatchObject({ title: "Steps", range: { min: 1, max: 50, initial: 20, step: 1 } });
    expect(fields[1]).toMatchObject({ title: "Strength", range: { step: 0.01 } });
    expect(fields[2]).toMatchObject({ max: 2 ** 31 - 1 });
    expect(fields[3]).toMatchObject({ title: "No background", initial: false });
    expect(fields[5]).toMatchObject({ values: ["1:1", "16:9"], initial: "1:1" });
    expect(fields[7]).toMatchObject({ isRequired: true });
    expect(fields[8]).toMatchObject({ most: 3, scale: { min: 0, max: 2, initial: 1 } });
  });

  it("leave out what no form can ask for", () => {
    expect(typesOf({ messages: { type: "array", items: {} }, values: { type: "object" } })).toEqual([]);
    expect(parseFields({})).toEqual([]);
  });
});
