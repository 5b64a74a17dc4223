import { afterEach, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";

let studio: TestApp;

afterEach(() => studio.close());

it("says where providers reach the studio, how long runs may take and what it keeps, and no secret", async () => {
  const token = "0123456789abcdef-secret";
  studio = await createTestApp({
    config: { publicUrl: "https://studio.example", trashDays: 3, token },
    jobs: { timings: { deadlinesMs: { image: 900_000, sprite: 1, video: 1, training: 7_200_000, chat: 1 } } },
  });
  const { body, text } = await studio.request
    .get("/api/settings/studio")
    .set("authorization", `Bearer ${token}`)
    .expect(200);
  expect(body).toMatchObject({ publicUrl: "https://studio.example", trashDays: 3 });
  expect(body.runDeadlines).toContainEqual({ kind: "image", hours: 0.25 });
  expect(body.runDeadlines).toContainEqual({ kind: "training", hours: 2 });
  expect(text).not.toContain("secret");
});

it("has no public address when none was given", async () => {
  studio = await createTestApp();
  const { body } = await studio.request.get("/api/settings/studio").expect(200);
  expect(body).not.toHaveProperty("publicUrl");
  expect(body.runDeadlines).toContainEqual({ kind: "training", hours: 48 });
});
