import type { ProviderHost } from "../../src/provider-host.ts";
import type { Provider, ProviderRequest, ProviderResult, RemoteRun } from "../../src/provider.ts";
import type { FakeServer, Misbehaviour } from "../fake-server.ts";
import { type ProviderContractOptions, settleRun, submitRun } from "../provider-contract.ts";
import { createTestHost } from "../test-host.ts";

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
  /** A run whose answer was lost can be found by its input. */
  readonly findsByInput?: boolean;
  /** The provider tells which runs it has. */
  readonly listsRuns?: boolean;
}

/** What a submit came to while the fake misbehaved. */
export interface SubmitOutcome {
  readonly error: unknown;
  readonly submits: number;
  readonly billed: number;
  readonly remote: RemoteRun | undefined;
}

/** The adapter and the fake that the tests of the contract share. */
export interface RemoteSubject {
  readonly options: RemoteProviderContractOptions;
  /** Both are those of `open`, which is called before the first test. */
  readonly fake: FakeServer;
  readonly provider: Provider;
  open(): Promise<Provider>;
  close(): Promise<void>;
  /** The quick request, under an id of its own. */
  next(): ProviderRequest;
  /** An adapter with these settings; the caller closes it. */
  openAt(settings: Readonly<Record<string, string>>): Provider;
  /** Prepares in peace, then submits while the fake misbehaves. */
  submitDuring(what: Misbehaviour, extras?: SubmitExtras): Promise<SubmitOutcome>;
  /** A run that has succeeded. */
  finished(): Promise<RemoteRun>;
  firstResult(): Promise<ProviderResult>;
}

interface SubmitExtras {
  readonly submitSignal?: AbortSignal;
  readonly request?: ProviderRequest;
}

/** Of a caller that does not give up. */
export const unhurried: AbortSignal = new AbortController().signal;

export function createRemoteSubject(options: RemoteProviderContractOptions): RemoteSubject {
  let opened: { readonly fake: FakeServer; readonly provider: Provider } | undefined;
  let count = 0;
  const current = () => {
    if (opened === undefined) throw new Error("The provider was not opened.");
    return opened;
  };

  const subject: RemoteSubject = {
    options,
    get fake() {
      return current().fake;
    },
    get provider() {
      return current().provider;
    },
    async open() {
      const fake = await options.createFake();
      const provider = subject.openAt(fake.settings);
      opened = { fake, provider };
      return provider;
    },
    async close() {
      const { fake, provider } = current();
      await provider.close();
      await fake.close();
    },
    next: () => ({ ...options.quick, jobId: `job-remote-${(count += 1)}` }),
    openAt(settings) {
      const { blobs } = options;
      return options.create(
        createTestHost(options.name, { settings, ...(blobs !== undefined && { blobs }) }),
      );
    },
    async submitDuring(what, { submitSignal = unhurried, request = subject.next() } = {}) {
      const { fake, provider } = current();
      const prepared = await provider.prepare?.(request, unhurried);
      const before = { submits: fake.submits(), billed: fake.bill().length };
      fake.misbehave("submit", what);
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
    },
    async finished() {
      const remote = await submitRun(current().provider, subject.next());
      const { state } = await settleRun(current().provider, remote);
      if (state !== "succeeded") throw new Error(`The run has ${state}.`);
      return remote;
    },
    async firstResult() {
      const [result] = await current().provider.results(await subject.finished(), unhurried);
      if (result === undefined) throw new Error("The run has no result.");
      return result;
    },
  };
  return subject;
}
