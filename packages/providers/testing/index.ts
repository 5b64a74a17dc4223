export * from "./fake-server.ts";
export * from "./provider-contract.ts";
export * from "./test-host.ts";
