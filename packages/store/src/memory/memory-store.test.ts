import { storeContract } from "../../testing/index.ts";
import { createMemoryStore } from "./memory-store.ts";

storeContract("the memory store", async () => {
  const store = createMemoryStore();
  return { store, dispose: () => store.close() };
});
