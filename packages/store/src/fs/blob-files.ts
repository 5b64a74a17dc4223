import type { BlobFile } from "../core/judge-blobs.ts";
import { BLOBS_FOLDER } from "./file-blobs.ts";
import type { FsPort } from "./fs-port.ts";

/** A blob's file and where it is. */
export interface FoundBlob extends BlobFile {
  /** Relative to the data folder. */
  readonly path: string;
}

const NAME = /^([0-9a-f]{64})\.[a-z0-9]{1,10}$/;
const INFOS_AT_A_TIME = 16;

/** Folders of blobs, in order. */
export async function blobFolders(fs: FsPort): Promise<readonly string[]> {
  const names = await fs.list(BLOBS_FOLDER);
  return names.filter((name) => /^[0-9a-f]{2}$/.test(name)).sort();
}

/** The blobs of one folder by hash. Links and other people's files are none. */
export async function blobsIn(fs: FsPort, folder: string): Promise<readonly FoundBlob[]> {
  const found: FoundBlob[] = [];
  const names = (await fs.list(`${BLOBS_FOLDER}/${folder}`)).filter((name) => NAME.test(name)).sort();
  for (let at = 0; at < names.length; at += INFOS_AT_A_TIME) {
    const part = names.slice(at, at + INFOS_AT_A_TIME).map(async (name) => {
      const path = `${BLOBS_FOLDER}/${folder}/${name}`;
      const info = await fs.info(path);
      const sha256 = name.slice(0, 64);
      if (info?.kind !== "file" || !sha256.startsWith(folder)) return;
      found.push({ path, sha256, sizeBytes: info.sizeBytes, mtimeMs: info.mtimeMs });
    });
    await Promise.all(part);
  }
  return found.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
}

export async function allBlobs(fs: FsPort): Promise<readonly FoundBlob[]> {
  const found: FoundBlob[] = [];
  for (const folder of await blobFolders(fs)) found.push(...(await blobsIn(fs, folder)));
  return found;
}
