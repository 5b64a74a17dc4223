import { readContract } from "./contract/read-contract.ts";
import { describe } from "vitest";
import { blobContract } from "./contract/blob-contract.ts";
import { clientContract } from "./contract/client-contract.ts";
import { commitContract } from "./contract/commit-contract.ts";
import { logContract } from "./contract/log-contract.ts";
import { goingBackContract } from "./contract/going-back-contract.ts";
import { historyContract } from "./contract/history-contract.ts";
import { upkeepContract } from "./contract/upkeep-contract.ts";
import type { OpenContractStore } from "./contract/contract-store.ts";
import { type DurableContractStore, restartContract } from "./contract/restart-contract.ts";

/** What every store must do, whatever it keeps its data in. The rules are those of SPEC.md. */
export function storeContract(name: string, open: OpenContractStore): void {
  describe(`${name} keeps the store's contract`, () => {
    commitContract(open);
    clientContract(open);
    readContract(open);
    blobContract(open);
    historyContract(open);
    goingBackContract(open);
    logContract(open);
    upkeepContract(open);
  });
}

/** The same for a store that outlives its process. */
export function durableStoreContract(name: string, open: () => Promise<DurableContractStore>): void {
  storeContract(name, open);
  describe(`${name} outlives its process`, () => {
    restartContract(open);
  });
}
