export * from "./blob-store.ts";
export * from "./memory/memory-store.ts";
export * from "./store-error.ts";
export * from "./store-health.ts";
export * from "./store.ts";
