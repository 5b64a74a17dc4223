import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { Transform, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { StoreError } from "@safelight/store";
import { ProblemError } from "../../problem-error.ts";

/** One file of an upload, on disk and not yet part of the studio. */
export interface StagedFile {
  readonly path: string;
  /** The sender's name for it; nothing but a label. */
  readonly name: string;
  readonly sizeBytes: number;
}

/** A folder for the files of one request: none of them enters the studio before all are known to be good. */
export interface UploadStage {
  /** Streams one file to disk. Throws `upload.too-large` past the limit and `store.full` when the disk is. */
  add(source: AsyncIterable<Uint8Array>, name: string): Promise<StagedFile>;
  readonly files: readonly StagedFile[];
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * @param cacheDir A folder whose content may vanish at any time; made when it is missing.
 * @param openFile Opens a new file for writing; left out, one that its owner alone may read.
 */
export async function openUploadStage(
  cacheDir: string,
  maxFileBytes: number,
  openFile: (path: string) => Writable = (path) => createWriteStream(path, { mode: 0o600 }),
): Promise<UploadStage> {
  const parent = stagesIn(cacheDir);
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, "upload-"));
  const files: StagedFile[] = [];
  return {
    files,
    async add(source, name) {
      const path = join(folder, String(files.length));
      let sizeBytes = 0;
      const measure = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          sizeBytes += chunk.byteLength;
          done(sizeBytes > maxFileBytes ? tooLarge(name, maxFileBytes) : null, chunk);
        },
      });
      try {
        await pipeline(source, measure, openFile(path));
      } catch (error) {
        throw isDiskFull(error) ? new StoreError("store.full", { cause: error }) : error;
      }
      const staged = { path, name: cleanName(name), sizeBytes };
      files.push(staged);
      return staged;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Removes what requests left behind that a crash cut off. For the start, when no request is under way. */
export async function clearUploadStages(cacheDir: string): Promise<void> {
  try {
    await rm(stagesIn(cacheDir), { recursive: true, force: true });
  } catch {
    // Leftovers cost space and nothing else; an upload says itself when the folder cannot be used.
  }
}

function stagesIn(cacheDir: string): string {
  return join(cacheDir, "incoming");
}

function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOSPC" || code === "EDQUOT";
}

function tooLarge(name: string, maxFileBytes: number): ProblemError {
  const message = `is larger than ${maxFileBytes} bytes, the most that is taken`;
  return new ProblemError(413, "upload.too-large", `The file ${message}.`, {
    errors: [{ path: name, message }],
  });
}

/** The last part of a path, printable, at most 255 characters. */
function cleanName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  return last
    .replaceAll(/\p{Cc}/gu, "")
    .slice(-255)
    .toWellFormed();
}
