import { isJsonObject } from "@safelight/shared";
import { FORMAT_VERSION } from "../core/document-text.ts";
import { StoreError } from "../store-error.ts";
import { bytesOf } from "./document-reader.ts";
import type { FsPort } from "./fs-port.ts";

export const STUDIO_FILE = "studio.json";

/** What `studio.json` says. Without an epoch the next start takes a new one: a restore leaves it out. */
export interface StudioFile {
  readonly version: number;
  readonly epoch: string | undefined;
  readonly createdAt: string | undefined;
}

/** `undefined` when there is none. Throws `store.version` or `store.unreadable`. */
export async function readStudioFile(fs: FsPort): Promise<StudioFile | undefined> {
  if ((await fs.info(STUDIO_FILE)) === undefined) return undefined;
  const value = parse(await bytesOf(fs, STUDIO_FILE));
  if (value === undefined) {
    throw new StoreError("store.unreadable", {
      detail: `${STUDIO_FILE} is not readable. Restore it, or remove its "epoch" and let the studio take a new one.`,
    });
  }
  const { version, epoch, createdAt } = value;
  if (typeof version !== "number" || version > FORMAT_VERSION) throw new StoreError("store.version");
  const known = typeof epoch === "string" && /^[A-Za-z0-9-]{1,64}$/.test(epoch);
  return {
    version,
    epoch: known ? epoch : undefined,
    createdAt: typeof createdAt === "string" ? createdAt : undefined,
  };
}

/** Without an epoch, the next start takes a new one. */
export async function writeStudioFile(
  fs: FsPort,
  epoch: string | undefined,
  createdAt: string,
): Promise<void> {
  const value = { version: FORMAT_VERSION, epoch, createdAt };
  await fs.replaceSmallFile(STUDIO_FILE, `${JSON.stringify(value, undefined, 2)}\n`);
}

function parse(bytes: Buffer) {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return isJsonObject(value) ? value : undefined;
  } catch {
    // Unreadable is an answer here: the caller says what to do.
    return undefined;
  }
}
