import { expect, it } from "vitest";
import { settleRun, submitRun } from "../provider-contract.ts";
import { type RemoteSubject, unhurried as signal } from "./remote-subject.ts";

/** What asking after a run promises, where a submit begins one rather than answering with its result. */
export function itFollowsRuns(subject: RemoteSubject): void {
  it("asks again when a poll fails, and says so when it keeps failing", async () => {
    const remote = await submitRun(subject.provider, subject.next());
    subject.fake.misbehave("poll", { do: "status", status: 502 });
    subject.fake.misbehave("poll", { do: "truncate" });
    expect((await settleRun(subject.provider, remote)).state).toBe("succeeded");
    subject.fake.misbehave("poll", { do: "status", status: 503 }, 3);
    await expect(subject.provider.poll(remote, signal)).rejects.toMatchObject({
      code: "provider.unavailable",
    });
    subject.fake.misbehave("poll", { do: "not-json" }, 3);
    await expect(subject.provider.poll(remote, signal)).rejects.toMatchObject({
      code: "provider.answer-invalid",
    });
    subject.fake.misbehave("poll", { do: "status", status: 429, retryAfterS: 3 });
    await expect(subject.provider.poll(remote, signal)).rejects.toMatchObject({
      code: "provider.throttled",
      retryAfterMs: 3000,
    });
    subject.fake.misbehave("poll", { do: "wrong-content-type" });
    expect((await subject.provider.poll(remote, signal)).state).toBe("succeeded");
  });

  it("stops asking once its caller gives up", async () => {
    const remote = await submitRun(subject.provider, subject.next());
    subject.fake.misbehave("poll", { do: "delay", ms: 1500 });
    await expect(subject.provider.poll(remote, AbortSignal.timeout(50))).rejects.toMatchObject({
      name: "TimeoutError",
    });
  });

  it("reports a run that fails at the provider, in its words", async () => {
    subject.fake.misbehave("submit", { do: "fail" });
    const remote = await submitRun(subject.provider, subject.next());
    const state = await settleRun(subject.provider, remote);
    expect(state).toMatchObject({ state: "failed", error: { message: expect.stringMatching(/\w+/) } });
  });

  it("says that a result is missing which the run should have", async () => {
    subject.fake.misbehave("submit", { do: "lose-result" });
    const remote = await submitRun(subject.provider, subject.next());
    await settleRun(subject.provider, remote);
    await expect(subject.provider.results(remote, signal)).rejects.toMatchObject({ code: "result.missing" });
  });
}
