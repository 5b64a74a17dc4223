import { expect, it } from "vitest";
import { ProviderError } from "../../src/provider-error.ts";
import { type RemoteSubject, unhurried as signal } from "./remote-subject.ts";

/** What a submit promises when its answer is lost, late, odd or a refusal: it is sent once, and says what may have become of it. */
export function itSubmitsOnce(subject: RemoteSubject): void {
  it.for([{ do: "drop-after-accept" }, { do: "truncate" }, { do: "not-json" }] as const)(
    "calls a submit lost when its answer is: $do",
    async (what) => {
      const outcome = await subject.submitDuring(what);
      expect(outcome.error).toMatchObject({ code: "submit.lost" });
      expect(outcome).toMatchObject({ submits: 1, billed: 1 });
    },
  );

  it("never sends a submit again that was dropped before it was taken", async () => {
    const { error, submits, billed } = await subject.submitDuring({ do: "drop-before-accept" });
    // A connection that breaks proves nothing to who wrote into it.
    expect(error).toMatchObject({ code: "submit.lost" });
    expect({ submits, billed }).toEqual({ submits: 1, billed: 0 });
  });

  it("knows that nothing was taken when no connection was made", async () => {
    const gone = await subject.options.createFake();
    const adapter = subject.openAt(gone.settings);
    const prepared = await adapter.prepare?.(subject.next(), signal);
    await gone.close();
    const submit = adapter.submit(subject.next(), signal, prepared === undefined ? {} : { prepared });
    await expect(submit).rejects.toMatchObject({ code: "provider.unavailable" });
    await adapter.close();
  });

  it("calls a submit lost that was given up while the provider thought about it", async () => {
    const outcome = await subject.submitDuring(
      { do: "delay", ms: 2000 },
      { submitSignal: AbortSignal.timeout(subject.options.hurryMs ?? 300) },
    );
    expect(outcome.error).toMatchObject({ code: "submit.lost" });
    expect(outcome.submits).toBe(1);
  });

  it("waits for a slow answer", async () => {
    const { error, remote } = await subject.submitDuring({ do: "delay", ms: 200 });
    expect(error).toBeUndefined();
    expect(remote?.id).toEqual(expect.any(String));
  });

  it("reads an answer by what it is and not by its content type", async () => {
    const { error, remote, submits } = await subject.submitDuring({ do: "wrong-content-type" });
    expect(error).toBeUndefined();
    expect(remote?.id).toEqual(expect.any(String));
    expect(submits).toBe(1);
  });

  it("hands on how long it shall be left alone, and sends nothing again", async () => {
    const { error, submits, billed } = await subject.submitDuring({
      do: "status",
      status: 429,
      retryAfterS: 7,
    });
    expect(error).toMatchObject({ code: "provider.throttled", retryAfterMs: 7000 });
    expect({ submits, billed }).toEqual({ submits: 1, billed: 0 });
  });

  it.for([
    [401, ["provider.unauthorized"]],
    [402, ["provider.payment-required"]],
    [403, ["provider.unauthorized"]],
    [422, ["request.invalid"]],
    [500, ["submit.lost", "provider.unavailable"]],
    [502, ["submit.lost", "provider.unavailable"]],
    [503, ["submit.lost", "provider.unavailable"]],
    [504, ["submit.lost", "provider.unavailable"]],
  ] as const)("says what a %i to a submit means, and sends nothing again", async ([status, codes]) => {
    const { error, submits, billed } = await subject.submitDuring({ do: "status", status });
    expect(error).toBeInstanceOf(ProviderError);
    expect(codes).toContain((error as ProviderError).code);
    expect({ submits, billed }).toEqual({ submits: 1, billed: 0 });
  });
}
