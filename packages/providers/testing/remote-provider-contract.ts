import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ProviderError } from "../src/provider-error.ts";
import type { ProviderHost } from "../src/provider-host.ts";
import type { Provider, ProviderRequest, ProviderResult, RemoteRun } from "../src/provider.ts";
import type { FakeServer, Misbehaviour } from "./fake-server.ts";
import {
  describeProviderContract,
  type ProviderContractOptions,
  settleRun,
  submitRun,
} from "./provider-contract.ts";
import { createTestHost } from "./test-host.ts";

/** A remote provider under the contract suite: its adapter against its fake, over real HTTP. */
export interface RemoteProviderContractOptions extends Omit<
  ProviderContractOptions,
  "open" | "beforeSlow" | "slow"
> {
  createFake(): Promise<FakeServer>;
  create(host: ProviderHost): Provider;
  readonly blobs?: ReadonlyMap<string, Uint8Array>;
  /** The setting that holds the key; `undefined` where a provider asks for none. */
  readonly keySetting: string | undefined;
  /** Longest time that a submit of the quick request may take before it is given up, in milliseconds. */
  readonly hurryMs?: number;
  /** Results come inline with the answer, so there is no artifact to expire or to cut short. */
  readonly hasArtifacts?: boolean;
}

/** A key that no fake accepts. */
const BAD_KEY = "bad-key-0123456789abcdef";
const signal = new AbortController().signal;

/** What the job runner relies on for a provider on the network, its faults included. */
export function describeRemoteProviderContract(options: RemoteProviderContractOptions): void {
  const { keySetting, quick } = options;
  let fake: FakeServer;
  let provider: Provider;
  let count = 0;
  const next = (): ProviderRequest => ({ ...quick, jobId: `job-remote-${(count += 1)}` });

  function openAt(settings: Readonly<Record<string, string>>): Provider {
    return options.create(
      createTestHost(options.name, {
        settings,
        ...(options.blobs !== undefined && { blobs: options.blobs }),
      }),
    );
  }

  describeProviderContract({
    ...options,
    slow: quick,
    async open() {
      fake = await options.createFake();
      return openAt(fake.settings);
    },
    beforeSlow: () => fake.misbehave("submit", { do: "never-finish" }),
  });

  describe(`the contract of remote providers: ${options.name}`, () => {
    beforeAll(async () => {
      // The suite above has its own provider; its fake goes here, where both are done with.
      await fake?.close();
      fake = await options.createFake();
      provider = openAt(fake.settings);
    });
    afterAll(async () => {
      await provider.close();
      await fake.close();
    });

    /** Prepares in peace, then submits while the fake misbehaves. */
    async function submitDuring(
      what: Misbehaviour,
      { times = 1, submitSignal = signal, request = next() } = {},
    ): Promise<{ error: unknown; submits: number; billed: number; remote: RemoteRun | undefined }> {
      const prepared = await provider.prepare?.(request, signal);
      const before = { submits: fake.submits(), billed: fake.bill().length };
      fake.misbehave("submit", what, times);
      let error: unknown;
      let remote: RemoteRun | undefined;
      try {
        remote = await provider.submit(request, submitSignal, prepared === undefined ? {} : { prepared });
      } catch (caught) {
        error = caught;
      }
      return {
        error,
        remote,
        submits: fake.submits() - before.submits,
        billed: fake.bill().length - before.billed,
      };
    }

    async function finished(): Promise<RemoteRun> {
      const remote = await submitRun(provider, next());
      expect((await settleRun(provider, remote)).state).toBe("succeeded");
      return remote;
    }

    async function firstResult(remote: RemoteRun): Promise<ProviderResult> {
      const [result] = await provider.results(remote, signal);
      if (result === undefined) throw new Error("The run has no result.");
      return result;
    }

    const bytesOf = async (result: ProviderResult) =>
      Buffer.concat(await Array.fromAsync(await result.open(signal)));

    it.for([{ do: "drop-after-accept" }, { do: "truncate" }, { do: "not-json" }] as const)(
      "calls a submit lost when its answer is: $do",
      async (what) => {
        const outcome = await submitDuring(what);
        expect(outcome.error).toMatchObject({ code: "submit.lost" });
        expect(outcome).toMatchObject({ submits: 1, billed: 1 });
      },
    );

    it("never sends a submit again that was dropped before it was taken", async () => {
      const { error, submits, billed } = await submitDuring({ do: "drop-before-accept" });
      // A connection that breaks proves nothing to who wrote into it.
      expect(error).toMatchObject({ code: "submit.lost" });
      expect({ submits, billed }).toEqual({ submits: 1, billed: 0 });
    });

    it("knows that nothing was taken when no connection was made", async () => {
      const gone = await options.createFake();
      const adapter = openAt(gone.settings);
      const prepared = await adapter.prepare?.(next(), signal);
      await gone.close();
      const submit = adapter.submit(next(), signal, prepared === undefined ? {} : { prepared });
      await expect(submit).rejects.toMatchObject({ code: "provider.unavailable" });
      await adapter.close();
    });

    it("calls a submit lost that was given up while the provider thought about it", async () => {
      const outcome = await submitDuring(
        { do: "delay", ms: 2000 },
        { submitSignal: AbortSignal.timeout(options.hurryMs ?? 300) },
      );
      expect(outcome.error).toMatchObject({ code: "submit.lost" });
      expect(outcome.submits).toBe(1);
    });

    it("waits for a slow answer", async () => {
      const { error, remote } = await submitDuring({ do: "delay", ms: 200 });
      expect(error).toBeUndefined();
      expect(remote?.id).toEqual(expect.any(String));
    });

    it("reads an answer by what it is and not by its content type", async () => {
      const { error, remote, submits } = await submitDuring({ do: "wrong-content-type" });
      expect(error).toBeUndefined();
      expect(remote?.id).toEqual(expect.any(String));
      expect(submits).toBe(1);
    });

    it("hands on how long it shall be left alone, and sends nothing again", async () => {
      const { error, submits, billed } = await submitDuring({ do: "status", status: 429, retryAfterS: 7 });
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
      const { error, submits, billed } = await submitDuring({ do: "status", status });
      expect(error).toBeInstanceOf(ProviderError);
      expect(codes).toContain((error as ProviderError).code);
      expect({ submits, billed }).toEqual({ submits: 1, billed: 0 });
    });

    it("asks again when a poll fails, and says so when it keeps failing", async () => {
      if (options.isSynchronous === true) return;
      const remote = await submitRun(provider, next());
      fake.misbehave("poll", { do: "status", status: 502 });
      fake.misbehave("poll", { do: "truncate" });
      expect((await settleRun(provider, remote)).state).toBe("succeeded");
      fake.misbehave("poll", { do: "status", status: 503 }, 3);
      await expect(provider.poll(remote, signal)).rejects.toMatchObject({ code: "provider.unavailable" });
      fake.misbehave("poll", { do: "not-json" }, 3);
      await expect(provider.poll(remote, signal)).rejects.toMatchObject({ code: "provider.answer-invalid" });
      fake.misbehave("poll", { do: "status", status: 429, retryAfterS: 3 });
      await expect(provider.poll(remote, signal)).rejects.toMatchObject({
        code: "provider.throttled",
        retryAfterMs: 3000,
      });
      fake.misbehave("poll", { do: "wrong-content-type" });
      expect((await provider.poll(remote, signal)).state).toBe("succeeded");
    });

    it("stops asking once its caller gives up", async () => {
      if (options.isSynchronous === true) return;
      const remote = await submitRun(provider, next());
      fake.misbehave("poll", { do: "delay", ms: 1500 });
      await expect(provider.poll(remote, AbortSignal.timeout(50))).rejects.toMatchObject({
        name: "TimeoutError",
      });
    });

    it("reports a run that fails at the provider, in its words", async () => {
      if (options.isSynchronous === true) return;
      fake.misbehave("submit", { do: "fail" });
      const remote = await submitRun(provider, next());
      const state = await settleRun(provider, remote);
      expect(state).toMatchObject({ state: "failed", error: { message: expect.stringMatching(/\w+/) } });
    });

    it("says that a result is missing which the run should have", async () => {
      if (options.isSynchronous === true) return;
      fake.misbehave("submit", { do: "lose-result" });
      const remote = await submitRun(provider, next());
      await settleRun(provider, remote);
      await expect(provider.results(remote, signal)).rejects.toMatchObject({ code: "result.missing" });
    });

    it("says that a result is gone when its address has expired, and reads one that is slow or oddly typed", async () => {
      if (options.hasArtifacts === false) return;
      const result = await firstResult(await finished());
      fake.misbehave("artifact", { do: "expired" });
      await expect(bytesOf(result)).rejects.toMatchObject({ code: "result.missing" });
      fake.misbehave("artifact", { do: "truncate" });
      await expect(bytesOf(result)).rejects.toBeInstanceOf(Error);
      const whole = await bytesOf(result);
      fake.misbehave("artifact", { do: "delay", ms: 100 });
      expect((await bytesOf(result)).equals(whole)).toBe(true);
      fake.misbehave("artifact", { do: "wrong-content-type" });
      expect((await bytesOf(result)).equals(whole)).toBe(true);
    });

    it("follows no result to a private address", async () => {
      if (options.hasArtifacts === false) return;
      const result = await firstResult(await finished());
      fake.misbehave("artifact", { do: "redirect-to-private" });
      await expect(bytesOf(result)).rejects.toMatchObject({ code: "provider.answer-invalid" });
    });

    it("finds the run of a lost submit, and only ones that can be it", async () => {
      // An answer that carried the result is gone with its connection.
      if (provider.find === undefined || options.isSynchronous === true) return;
      const submittedAt = Date.now();
      const request = { ...next(), prompt: `${quick.prompt}, lost ${submittedAt}` };
      await submitRun(provider, { ...next(), prompt: `${quick.prompt}, another` });
      const lost = await submitDuring({ do: "drop-after-accept" }, { request });
      expect(lost.error).toMatchObject({ code: "submit.lost" });
      const found = await provider.find(request, submittedAt, signal);
      expect(found).toHaveLength(1);
      const [run] = found;
      if (run === undefined) throw new Error("Nothing was found.");
      expect((await settleRun(provider, run.remote)).state).toBe("succeeded");
      expect((await provider.results(run.remote, signal)).length).toBeGreaterThan(0);
      expect(await provider.find({ ...request, prompt: "never asked for" }, submittedAt, signal)).toEqual([]);
    });

    it("lists the runs that the provider has, newest first, so that they can be adopted", async () => {
      if (provider.list === undefined) return;
      const one = await finished();
      await new Promise((resolve) => setTimeout(resolve, 5));
      const other = await finished();
      const listed = await provider.list(signal);
      const ids = listed.map((run) => run.remote.id);
      expect(ids.indexOf(other.id)).toBeLessThan(ids.indexOf(one.id));
      expect(ids).toContain(other.id);
      const adopted = listed.find((run) => run.remote.id === other.id);
      if (adopted === undefined) throw new Error("The run is not listed.");
      expect((await provider.poll(adopted.remote, signal)).state).toBe("succeeded");
    });

    it("tests address and key without spending anything", async () => {
      if (provider.testConnection === undefined) return;
      const before = { bill: fake.bill().length, submits: fake.submits() };
      const report = await provider.testConnection(signal);
      expect(report).toMatchObject({ ok: true, detail: expect.stringMatching(/\w+/) });
      if (keySetting !== undefined) {
        const bad = openAt({ ...fake.settings, [keySetting]: BAD_KEY });
        const refusal = await bad.testConnection?.(signal);
        expect(refusal).toMatchObject({ ok: false, code: "provider.unauthorized" });
        expect(JSON.stringify(refusal)).not.toContain(BAD_KEY);
        await bad.close();
      }
      expect({ bill: fake.bill().length, submits: fake.submits() }).toEqual(before);
    });

    it("says that it is not configured when the key is missing, before anything is sent", async () => {
      if (keySetting === undefined) return;
      const { [keySetting]: _key, ...rest } = fake.settings;
      const adapter = openAt(rest);
      const before = fake.submits();
      await expect(adapter.submit(next(), signal)).rejects.toMatchObject({ code: "provider.not-configured" });
      expect(await adapter.testConnection?.(signal)).toMatchObject({ code: "provider.not-configured" });
      expect((await adapter.estimate(next())).state).toMatch(/^(unknown|none|estimated)$/);
      expect(fake.submits()).toBe(before);
      await adapter.close();
    });

    it("lets no key into an error, whatever the provider says", async () => {
      if (keySetting === undefined) return;
      const key = fake.settings[keySetting] ?? "";
      expect(key.length).toBeGreaterThan(8);
      const { error } = await submitDuring({ do: "status", status: 401 });
      const told = [
        error instanceof Error ? `${error.message} ${String(error.cause)}` : "",
        JSON.stringify(error),
      ];
      expect(told.join(" ")).not.toContain(key);
    });

    it("estimates without spending, and never guesses", async () => {
      const before = fake.bill().length;
      const charge = await provider.estimate(next());
      expect(["none", "estimated", "unknown"]).toContain(charge.state);
      expect(typeof charge.usd === "number").toBe(charge.state === "estimated");
      expect(fake.bill()).toHaveLength(before);
    });

    it("names its settings, each with the environment variable that gives it", () => {
      const { settings = [] } = provider.capabilities;
      expect(settings.length).toBeGreaterThan(0);
      for (const setting of settings) expect(setting.env).toMatch(/^[A-Z][A-Z0-9_]+$/);
      if (keySetting === undefined) return;
      expect(settings.find((setting) => setting.name === keySetting)).toMatchObject({ isSecret: true });
    });
  });
}
