import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";
import { createScriptedProvider } from "../../../testing/scripted-provider.ts";

let studio: TestApp;
beforeEach(async () => {
  studio = await createTestApp({ providers: [createScriptedProvider()] });
});
afterEach(() => studio.close());

async function keep(id: string, fields: object): Promise<void> {
  const set = { kind: "image", provider: "scripted", prompt: "a quiet sea", status: "succeeded", ...fields };
  await studio.store.commit({
    by: "test",
    actor: "server",
    atomicity: "all",
    steps: [{ op: "create", collection: "jobs", id, set }],
  });
}

describe("the price of running a job again", () => {
  it("is nothing where work is free", async () => {
    await keep("job-1", { model: "still" });
    const { body } = await studio.request.get("/api/jobs/job-1/estimate").expect(200);
    expect(body).toEqual({ jobs: 1, charge: { state: "none" } });
  });

  it("counts what an older app left to its provider as left out", async () => {
    await keep("job-1", { params: { steps: null } });
    const { body } = await studio.request.get("/api/jobs/job-1/estimate").expect(200);
    expect(body).toEqual({ jobs: 1, charge: { state: "none" } });
  });

  it.each([
    [
      "a parameter that the model lacks",
      { model: "still", params: { guidanceScale: 7 } },
      "guidanceScale: Still has",
    ],
    ["a model that is gone", { model: "oil" }, "model: No model"],
    ["a provider that is gone", { provider: "nobody" }, "provider: is not one"],
  ])("is not known of a job with %s, and the reason is told", async (_what, fields, named) => {
    await keep("job-1", fields);
    const { body } = await studio.request.get("/api/jobs/job-1/estimate").expect(200);
    expect(body).toMatchObject({
      jobs: 1,
      charge: { state: "unknown" },
      refusal: { code: "request.invalid", message: expect.stringContaining(named) },
    });
  });

  it("is asked in vain of a job that is not there", async () => {
    expect((await studio.request.get("/api/jobs/job-9/estimate")).status).toBe(404);
  });
});
