import { expect, it } from "vitest";
import type { ProviderResult } from "../../src/provider.ts";
import { type RemoteSubject, unhurried as signal } from "./remote-subject.ts";

/** What fetching results by their addresses promises. */
export function itFetchesResults(subject: RemoteSubject): void {
  const bytesOf = async (result: ProviderResult) =>
    Buffer.concat(await Array.fromAsync(await result.open(signal)));

  it("says that a result is gone when its address has expired, and reads one that is slow or oddly typed", async () => {
    const result = await subject.firstResult();
    subject.fake.misbehave("artifact", { do: "expired" });
    await expect(bytesOf(result)).rejects.toMatchObject({ code: "result.missing" });
    subject.fake.misbehave("artifact", { do: "truncate" });
    await expect(bytesOf(result)).rejects.toBeInstanceOf(Error);
    const whole = await bytesOf(result);
    subject.fake.misbehave("artifact", { do: "delay", ms: 100 });
    expect((await bytesOf(result)).equals(whole)).toBe(true);
    subject.fake.misbehave("artifact", { do: "wrong-content-type" });
    expect((await bytesOf(result)).equals(whole)).toBe(true);
  });

  it("follows no result to a private address", async () => {
    const result = await subject.firstResult();
    subject.fake.misbehave("artifact", { do: "redirect-to-private" });
    await expect(bytesOf(result)).rejects.toMatchObject({ code: "provider.answer-invalid" });
  });
}
