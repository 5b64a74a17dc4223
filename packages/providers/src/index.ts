export * from "./check-request.ts";
export * from "./inputs.ts";
export * from "./provider-error.ts";
export * from "./provider-host.ts";
export * from "./provider.ts";
export * from "./registry.ts";
