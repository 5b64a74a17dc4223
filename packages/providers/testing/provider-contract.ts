import type { JsonObject } from "@safelight/shared";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Provider, ProviderRequest, RemoteRun, RunState } from "../src/provider.ts";

/** What a provider under the contract suite is tested with. */
export interface ProviderContractOptions {
  readonly name: string;
  open(): Promise<Provider> | Provider;
  /** A request that succeeds within seconds. */
  readonly quick: Omit<ProviderRequest, "jobId">;
  /** A request that is still under way after a second, for cancellation. */
  readonly slow: Omit<ProviderRequest, "jobId">;
  /** Parameters that the quick request's model refuses, and the path of the fault. */
  readonly refused: readonly { readonly params: JsonObject; readonly path: string }[];
  /** Called right before the slow request is submitted: a fake is told to hold it there. */
  readonly beforeSlow?: () => void;
  /** How a run that was never taken would be named; with no more than an id when left out. */
  readonly unknownRemote?: RemoteRun;
  /** The answer to a submit carries the result: there is nothing to cancel afterwards. */
  readonly isSynchronous?: boolean;
}

/** What the job runner relies on, for every provider. */
export function describeProviderContract(options: ProviderContractOptions): void {
  const { quick, slow, refused } = options;
  const signal = new AbortController().signal;
  let count = 0;
  const withId = (request: Omit<ProviderRequest, "jobId">): ProviderRequest => ({
    ...request,
    jobId: `job-contract-${(count += 1)}`,
  });

  describe(`the provider contract: ${options.name}`, () => {
    let provider: Provider;
    beforeAll(async () => {
      provider = await options.open();
    });
    afterAll(() => provider.close());

    const settle = async (remote: RemoteRun): Promise<RunState> => settleRun(provider, remote);
    const submit = async (request: ProviderRequest): Promise<RemoteRun> => submitRun(provider, request);

    it("describes itself in plain JSON", () => {
      const { capabilities } = provider;
      expect(capabilities.id).toMatch(/^[a-z0-9-]+$/);
      expect(capabilities.concurrency).toBeGreaterThanOrEqual(1);
      expect(capabilities.pollEveryMs).toBeGreaterThan(0);
      expect(new Set(capabilities.models.map((model) => model.id)).size).toBe(capabilities.models.length);
      for (const model of capabilities.models) {
        const schema = JSON.parse(JSON.stringify(model.params));
        expect(schema).toMatchObject({ type: "object", additionalProperties: false });
        for (const field of Object.values<Record<string, unknown>>(schema.properties)) {
          expect(field["description"]).toEqual(expect.any(String));
        }
      }
    });

    it("accepts what it can do and says where a request is wrong", () => {
      expect(provider.check(withId(quick))).toBeUndefined();
      expect(provider.check(withId({ ...quick, model: "no-such-model" }))?.path).toBe("/model");
      // What to train is said by the pictures.
      const silent = provider.check(withId({ ...quick, prompt: "  " }));
      expect(silent?.path).toBe(quick.kind === "training" ? undefined : "/prompt");
      for (const { params, path } of refused) {
        const fault = provider.check(withId({ ...quick, params }));
        expect(fault?.path, JSON.stringify(params)).toBe(path);
        expect(fault?.message).not.toBe("");
      }
    });

    it("refuses to submit what it would not accept", async () => {
      const request = withId({ ...quick, params: refused[0]?.params ?? {} });
      await expect(provider.submit(request, signal)).rejects.toMatchObject({ code: "request.invalid" });
    });

    it("brings a run to its end, with results that are whole and can be read again", async () => {
      const request = withId(quick);
      const remote = await submit(request);
      expect(JSON.parse(JSON.stringify(remote))).toEqual(remote);
      if (provider.capabilities.choosesOwnIds) expect(remote.id).toBe(request.jobId);
      const state = await settle(remote);
      expect(state).toMatchObject({ state: "succeeded", charge: { state: expect.any(String) } });
      if (!provider.capabilities.paid) expect(state).toMatchObject({ charge: { state: "none" } });
      const results = await provider.results(remote, signal);
      expect(results.length).toBeGreaterThan(0);
      for (const result of results) {
        const read = async () => Buffer.concat(await Array.fromAsync(await result.open(signal)));
        const bytes = await read();
        expect(bytes.byteLength).toBeGreaterThan(0);
        expect((await read()).equals(bytes)).toBe(true);
        expect(JSON.parse(JSON.stringify(result.details))).toEqual(result.details);
      }
    });

    it("tells nothing of a run that it does not have", async () => {
      const remote = options.unknownRemote ?? { id: "job-never-sent" };
      expect(await provider.poll(remote, signal)).toEqual({ state: "missing" });
      await expect(provider.results(remote, signal)).rejects.toMatchObject({ code: "run.missing" });
    });

    it("cancels a run under way and takes a second cancellation in good part", async () => {
      if (options.isSynchronous === true) return;
      options.beforeSlow?.();
      const remote = await submit(withId(slow));
      await provider.cancel(remote, signal);
      await provider.cancel(remote, signal);
      expect((await settle(remote)).state).toBe("canceled");
      await expect(provider.results(remote, signal)).rejects.toMatchObject({ code: "result.missing" });
    });

    it("does not begin a second run for an id of ours that it has", async () => {
      if (!provider.capabilities.choosesOwnIds) return;
      const request = withId(quick);
      const [one, other] = await Promise.all([submit(request), submit(request)]);
      expect(other).toEqual(one);
      await settle(one);
      await submit(request);
      expect((await provider.poll(one, signal)).state).toBe("succeeded");
    });

    it("starts nothing for a caller that has given up", async () => {
      const request = withId(quick);
      await expect(provider.submit(request, AbortSignal.abort())).rejects.toBeInstanceOf(Error);
      if (provider.capabilities.choosesOwnIds) {
        expect(await provider.poll({ id: request.jobId }, signal)).toEqual({ state: "missing" });
      }
    });
  });
}

const unhurried = new AbortController().signal;

/** Prepares and submits as the job runner does. */
export async function submitRun(provider: Provider, request: ProviderRequest): Promise<RemoteRun> {
  const prepared = await provider.prepare?.(request, unhurried);
  return provider.submit(request, unhurried, prepared === undefined ? {} : { prepared });
}

/** Polls a run to its end. */
export async function settleRun(provider: Provider, remote: RemoteRun): Promise<RunState> {
  for (;;) {
    const state = await provider.poll(remote, unhurried);
    if (state.state !== "queued" && state.state !== "running") return state;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
