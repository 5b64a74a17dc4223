import { createMemoryStore } from "@safelight/store";
import { afterEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";

let studio: TestApp | undefined;

afterEach(async () => {
  await studio?.close();
});

describe("health", () => {
  it.each(["/health", "/api/health"])("is told at %s", async (path) => {
    studio = await createTestApp();
    const { body } = await studio.request.get(path).expect(200);
    expect(body).toEqual({
      status: "ok",
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      uptimeSeconds: expect.any(Number),
      store: { state: "ok", epoch: studio.store.cursor().epoch, seq: 0, records: 0, findings: [] },
    });
  });

  it("is degraded when the store is read-only, and says why", async () => {
    const store = createMemoryStore();
    const health = () => ({ ...store.health(), state: "read-only" as const, reason: "The disk failed." });
    studio = await createTestApp({ store: { ...store, health } });
    const { body } = await studio.request.get("/health").expect(200);
    expect(body).toMatchObject({
      status: "degraded",
      store: { state: "read-only", reason: "The disk failed." },
    });
  });
});
