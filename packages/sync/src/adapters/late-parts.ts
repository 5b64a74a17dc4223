/**
 * Parts that few pages need, but then perhaps while nothing can be loaded: a page on plain HTTP has no service worker that
 * keeps them. Whoever loads this has loaded them, and the engine's own `import` of one finds it.
 */
export { createAttentionDesk } from "../engine/attention-desk.ts";
export { createBlobKeeper } from "../engine/blob-keeper.ts";
export { keepHouse } from "../engine/keep-house.ts";
export { rebuild } from "../engine/rebuild-base.ts";
export { writeAnew } from "../engine/write-anew.ts";
export { hashBlob, hashByLibrary } from "./hash-blob.ts";
export { measurePicture } from "./measure-picture.ts";
export { createMemoryStorage } from "./memory-storage.ts";
export { rebuildDatabase, salvageDatabase } from "./salvage-database.ts";
