import { describe, expect, it } from "vitest";
import { definitionOf } from "./collections.ts";
import type { Json } from "./json.ts";
import { createCompiledValidator, interpretedValidator } from "./record-validator.ts";
import type { AnyRecord } from "./records/definition.ts";

const TIME = "2026-01-31T12:00:00.000Z";
const BASE = { rev: 1, createdAt: TIME, updatedAt: TIME };
const VALID = {
  jobs: {
    ...BASE,
    ...definitionOf("jobs").initial,
    id: "job-1",
    number: 1,
    kind: "image",
    provider: "local",
    step: "one",
  },
  styles: { ...BASE, ...definitionOf("styles").initial, id: "style-1", name: "A" },
  boards: { ...BASE, ...definitionOf("boards").initial, id: "board-1", name: "B" },
} satisfies Record<string, AnyRecord>;

const VALUES: readonly (Json | undefined)[] = [
  undefined,
  null,
  true,
  0,
  1,
  -1,
  0.5,
  1e300,
  "",
  "x",
  "running",
  "image",
  TIME,
  "x".repeat(200_001),
  [],
  ["job-1"],
  ["job-1", 2],
  ["../x"],
  {},
  { state: "none" },
  { state: "none", usd: -1 },
  { code: "a", message: "b" },
  { code: 1 },
  { a: { b: [1] } },
  [{ sha256: "a".repeat(64), sizeBytes: 1, mime: "image/png" }],
];

describe("the compiled validator", () => {
  const compiled = createCompiledValidator();

  it.each(["jobs", "styles", "boards"] as const)(
    "says of one changed field of %s what the whole says",
    (name) => {
      const definition = definitionOf(name);
      const valid: AnyRecord = VALID[name];
      expect(compiled(definition, valid)).toBeUndefined();
      const names = [...Object.keys(definition.schema.properties), "unknown"];
      const verdicts = new Set<boolean>();
      for (const field of names) {
        for (const value of VALUES) {
          const record = { ...valid, [field]: value } as AnyRecord;
          if (value === undefined) Reflect.deleteProperty(record, field);
          const whole = compiled(definition, record);
          expect(
            compiled(definition, record, [field]),
            `${field} ${JSON.stringify(value)?.slice(0, 60)}`,
          ).toEqual(whole);
          expect(interpretedValidator(definition, record) === undefined).toBe(whole === undefined);
          verdicts.add(whole === undefined);
        }
      }
      expect(verdicts.size).toBe(2);
    },
  );

  it("finds the fault of any of several changed fields", () => {
    const record: AnyRecord = { ...VALID.jobs, step: "two", progress: 2 };
    expect(compiled(definitionOf("jobs"), record, ["step", "progress"])?.path).toBe("/progress");
  });
});
