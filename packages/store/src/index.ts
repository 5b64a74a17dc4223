export * from "./blob-store.ts";
export { checkDataFolder, type DataFolderReport } from "./fs/check-data-folder.ts";
export type { FileStore } from "./fs/file-store.ts";
export { type FileStoreOptions, openFileStore } from "./fs/open-file-store.ts";
export * from "./log-store.ts";
export * from "./memory/memory-store.ts";
export * from "./store-error.ts";
export * from "./store-health.ts";
export * from "./store.ts";
