export * from "./sync-client.ts";
