import fc from "fast-check";
import { expect, test } from "vitest";
import { deriveStatus, type StatusFacts } from "./status.ts";

const facts: fc.Arbitrary<StatusFacts> = fc.record({
  waiting: fc.nat(3),
  behind: fc.boolean(),
  attention: fc.nat(2),
  unkept: fc.option(fc.constant({ cause: "full", reason: "no room" } as const), { nil: undefined }),
  storage: fc.constantFrom("disk", "memory"),
  link: fc.constantFrom("connecting", "online", "offline", "server", "signed-out", "read-only", "outdated"),
  savedAt: fc.constant("2026-01-01T00:00:00.000Z"),
});

test("Y69 Y91: Saved is said exactly when nothing waits, nothing needs attention and everything is kept", () => {
  fc.assert(
    fc.property(facts, (given) => {
      const isSaved = deriveStatus(given).state === "saved";
      expect(isSaved).toBe(
        given.waiting === 0 && !given.behind && given.attention === 0 && given.unkept === undefined,
      );
    }),
  );
});

test("Y24: what is in memory alone is never called saved on this device", () => {
  fc.assert(
    fc.property(facts, (given) => {
      expect(deriveStatus({ ...given, storage: "memory" }).state).not.toBe("on-device");
    }),
  );
});
