export * from "./check-request.ts";
export * from "./provider-error.ts";
export * from "./provider.ts";
export * from "./registry.ts";
