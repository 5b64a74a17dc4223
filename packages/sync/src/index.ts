export * from "./sync-client.ts";
export * from "./create-browser-sync-client.ts";
export * from "./create-sync-client.ts";
export * from "./ports.ts";
export * from "./transport-error.ts";
export { createHttpTransport } from "./adapters/http-transport.ts";
export { openIdbStorage } from "./adapters/idb-storage.ts";
export { systemClock } from "./adapters/system-clock.ts";
export { hashBlob } from "./adapters/hash-blob.ts";
