import fc from "fast-check";
import { Type } from "@sinclair/typebox";
import { expect, it } from "vitest";
import { ProviderError } from "../provider-error.ts";
import { createProviderApi } from "./provider-api.ts";

const Run = Type.Object({ id: Type.String({ minLength: 1 }) });
const signal = new AbortController().signal;

/** Statuses of answers that may have a body. */
const status = fc.integer({ min: 200, max: 599 }).filter((code) => ![204, 205, 304].includes(code));
const body = fc.oneof(
  fc.string(),
  fc.json(),
  fc.record({ id: fc.oneof(fc.string(), fc.integer()) }).map((value) => JSON.stringify(value)),
  fc.record({ detail: fc.anything() }).map((value) => JSON.stringify(value, skipBigInts)),
);

function skipBigInts(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

it("sends once whatever is answered, and calls it refused only where it is", async () => {
  await fc.assert(
    fc.asyncProperty(status, body, async (code, text) => {
      let calls = 0;
      const api = createProviderApi({
        name: "Acme",
        authorize: () => ({}),
        secrets: () => [],
        async fetch() {
          calls += 1;
          return new Response(text, { status: code });
        },
      });
      const outcome = await api.submit(Run, { url: "https://acme.test", signal }).then(
        (answer) => answer.body.id,
        (error: unknown) => error,
      );
      expect(calls).toBe(1);
      if (typeof outcome === "string") {
        expect(code).toBeLessThan(300);
        return;
      }
      expect(outcome).toBeInstanceOf(ProviderError);
      const isOpen = code < 300 || code >= 500 || code === 408;
      expect((outcome as ProviderError).code === "submit.lost").toBe(isOpen);
    }),
  );
});
