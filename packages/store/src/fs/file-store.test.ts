import { durableStoreContract } from "../../testing/index.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { openFileStore } from "./open-file-store.ts";

durableStoreContract("the file store", async () => {
  const folder = await temporaryFolder();
  let store = await openFileStore({ dataDir: folder.path });
  return {
    store,
    async reopen() {
      await store.close();
      store = await openFileStore({ dataDir: folder.path });
      return store;
    },
    async dispose() {
      await store.close();
      await folder.remove();
    },
  };
});
