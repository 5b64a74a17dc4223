import { afterEach, describe, expect, it } from "vitest";
import { type FakeStudio, startFakeStudio } from "../../../testing/fake-studio.ts";

let studio: FakeStudio;
afterEach(() => studio.close());

const CHAT = { kind: "chat", model: "chat", prompt: "Describe a lighthouse.", params: {} };

describe("a chat", () => {
  it("brings its text home, with what is known of it", async () => {
    studio = await startFakeStudio(["openai"]);
    const { id } = await studio.post("openai", CHAT);
    expect(await studio.reach(id, "succeeded")).toMatchObject({
      output: "A lighthouse stands\nby the sea.",
      outputDetails: { isComplete: true, finishReason: "stop", completionTokens: 34 },
      charge: { state: "unknown" },
      results: [],
    });
    expect(studio.fake("openai").submits()).toBe(1);
  });

  it("that broke off keeps what had arrived and says that it is a part", async () => {
    studio = await startFakeStudio(["openai"]);
    studio.fake("openai").misbehave("submit", { do: "truncate" });
    const { id } = await studio.post("openai", CHAT);
    expect(await studio.reach(id, "succeeded")).toMatchObject({
      output: "A lighthouse stands\nby ",
      outputDetails: { isComplete: false, note: expect.stringContaining("broke before the end") },
    });
    expect(studio.fake("openai").submits()).toBe(1);
  });

  it("can be seen and cancelled while it is written", async () => {
    studio = await startFakeStudio(["openai"]);
    studio.fake("openai").misbehave("submit", { do: "never-finish" });
    const { id } = await studio.post("openai", CHAT);
    await studio.reach(id, "running");
    await expect
      .poll(() => (studio.app.jobRunner.refresh(id), studio.job(id).step), { timeout: 5000 })
      .toBe("4 words so far");
    await studio.request.post(`/api/jobs/${id}/cancel`).expect(200);
    expect((await studio.reach(id, "canceled")).output).toBeUndefined();
  });
});
