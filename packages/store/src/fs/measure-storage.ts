import { sumBlobKinds } from "../core/blob-kinds.ts";
import { countCollections } from "../core/count-collections.ts";
import type { StoreState } from "../core/store-state.ts";
import type { FileSizes, StorageReport } from "../storage-report.ts";
import { allBlobs } from "./blob-files.ts";
import type { FsPort } from "./fs-port.ts";
import { findDocumentPaths } from "./load-documents.ts";

/** Adds up what a data folder holds. Files that come and go meanwhile may be counted or not. */
export async function measureStorage(fs: FsPort, state: StoreState): Promise<StorageReport> {
  const blobs = (await allBlobs(fs)).map(({ path, sizeBytes }) => ({
    extension: path.slice(path.lastIndexOf(".") + 1),
    sizeBytes,
  }));
  return {
    collections: countCollections(state),
    ...sumBlobKinds(blobs),
    documents: await measureDocuments(fs),
    journal: await measureFolder(fs, "journal"),
    history: await measureFolder(fs, "history"),
    logs: await measureFolder(fs, "logs"),
    backups: await measureFolder(fs, "backups"),
    quarantine: await measureFolder(fs, "quarantine"),
    cache: await measureFolder(fs, "cache"),
  };
}

async function measureDocuments(fs: FsPort): Promise<StorageReport["documents"]> {
  const paths = await findDocumentPaths(fs);
  const sizes = paths.map(async (path) => ({
    path,
    sizeBytes: (await fs.info(path))?.sizeBytes ?? 0,
    backupBytes: (await fs.info(`${path}.backup`))?.sizeBytes ?? 0,
  }));
  const present = (await Promise.all(sizes)).filter((size) => size.sizeBytes + size.backupBytes > 0);
  return present.sort((a, b) => b.sizeBytes - a.sizeBytes);
}

async function measureFolder(fs: FsPort, folder: string): Promise<FileSizes> {
  let files = 0;
  let sizeBytes = 0;
  for (const name of await fs.list(folder)) {
    const path = `${folder}/${name}`;
    const info = await fs.info(path);
    if (info?.kind === "file") {
      files += 1;
      sizeBytes += info.sizeBytes;
    }
    if (info?.kind !== "folder") continue;
    const inside = await measureFolder(fs, path);
    files += inside.files;
    sizeBytes += inside.sizeBytes;
  }
  return { files, sizeBytes };
}
