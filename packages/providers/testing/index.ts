export * from "./create-fake-server.ts";
export * from "./fake-runs.ts";
export * from "./fake-server.ts";
export * from "./misbehave.ts";
export * from "./png.ts";
export * from "./provider-contract.ts";
export * from "./remote-provider-contract.ts";
export * from "./test-host.ts";
