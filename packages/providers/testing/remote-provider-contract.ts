import { afterAll, beforeAll, describe } from "vitest";
import { describeProviderContract } from "./provider-contract.ts";
import { itFetchesResults } from "./remote-contract/fetched-results.ts";
import { itFollowsRuns } from "./remote-contract/followed-runs.ts";
import { itFindsRuns, itListsRuns } from "./remote-contract/found-runs.ts";
import { createRemoteSubject, type RemoteProviderContractOptions } from "./remote-contract/remote-subject.ts";
import { itKeepsItsKey, itSpendsNothingUnasked } from "./remote-contract/settings-and-keys.ts";
import { itSubmitsOnce } from "./remote-contract/submits.ts";

/** What the job runner relies on for a provider on the network, its faults included. */
export function describeRemoteProviderContract(options: RemoteProviderContractOptions): void {
  const { quick, keySetting, isSynchronous = false, hasArtifacts = true } = options;
  const first = createRemoteSubject(options);
  describeProviderContract({
    ...options,
    slow: quick,
    open: () => first.open(),
    beforeSlow: () => first.fake.misbehave("submit", { do: "never-finish" }),
  });

  describe(`the contract of remote providers: ${options.name}`, () => {
    const subject = createRemoteSubject(options);
    beforeAll(async () => {
      // The suite above closes its provider; its fake goes here, where both are done with.
      await first.fake.close();
      await subject.open();
    });
    afterAll(() => subject.close());

    itSubmitsOnce(subject);
    if (!isSynchronous) itFollowsRuns(subject);
    if (hasArtifacts) itFetchesResults(subject);
    if (options.findsByInput === true) itFindsRuns(subject);
    if (options.listsRuns === true) itListsRuns(subject);
    itSpendsNothingUnasked(subject);
    if (keySetting !== undefined) itKeepsItsKey(subject, keySetting);
  });
}
