export * from "./provider-error.ts";
export * from "./provider.ts";
