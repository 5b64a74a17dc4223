import { type TSchema, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { expect, it } from "vitest";
import { faultMessage } from "./schema-fault.ts";

function messageOf(schema: TSchema, value: unknown): string | undefined {
  const error = Value.Errors(schema, value).First();
  return error && faultMessage(error);
}

it("says what there is to choose from", () => {
  const size = Type.Union([Type.Literal("small"), Type.Literal(512)]);
  expect(messageOf(size, "large")).toBe('Expected "small" or 512');
  expect(messageOf(Type.Union([Type.Number(), Type.Null()]), "wide")).toBe("Expected number or null");
});

it("leaves what is no choice, or none of names, as the validator has it", () => {
  expect(messageOf(Type.Integer(), "x")).toBe("Expected integer");
  const nested = Type.Union([Type.Unsafe({ allOf: [] }), Type.Null()]);
  expect(faultMessage({ message: "Expected union value", schema: nested })).toBe("Expected union value");
});
