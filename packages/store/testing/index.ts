export * from "./contract/contract-store.ts";
export * from "./contract/restart-contract.ts";
export * from "./store-contract.ts";
