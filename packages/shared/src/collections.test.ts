import { describe, expect, it } from "vitest";
import { COLLECTION_NAMES, collections, definitionOf } from "./collections.ts";
import { interpretedValidator } from "./record-validator.ts";
import { BASE_FIELD_NAMES, policyOf } from "./records/fields.ts";

describe("the registry", () => {
  it("names every collection as it is keyed", () => {
    for (const name of COLLECTION_NAMES) expect(definitionOf(name).name).toBe(name);
  });

  it("gives no two collections of one document the same id prefix", () => {
    const prefixes = COLLECTION_NAMES.map((name) => definitionOf(name).idPrefix);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });

  it("places records by a field that never changes", () => {
    for (const name of COLLECTION_NAMES) {
      const { document, schema } = definitionOf(name);
      const field = /\{(\w+)\}/.exec(document)?.[1];
      if (field === undefined || field === "id") continue;
      const property = schema.properties[field];
      expect(property, `${name}.${field}`).toBeDefined();
      if (property !== undefined) expect(policyOf(property)).toBe("fixed");
    }
  });

  it("starts records with values that fit their schema", () => {
    for (const name of COLLECTION_NAMES) {
      const definition = definitionOf(name);
      for (const [field, value] of Object.entries(definition.initial)) {
        const schema = definition.schema.properties[field];
        expect(schema, `${name}.${field}`).toBeDefined();
        expect(BASE_FIELD_NAMES.has(field)).toBe(false);
        const error = interpretedValidator(definition, { [field]: value } as never);
        expect(error?.path).not.toBe(`/${field}`);
      }
    }
  });

  it("counts jobs and gallery images by a server field", () => {
    for (const definition of [collections.jobs, collections.galleryImages]) {
      const property = definitionOf(definition.name).schema.properties[definition.counter?.field ?? ""];
      expect(property && policyOf(property)).toBe("server");
    }
  });
});
