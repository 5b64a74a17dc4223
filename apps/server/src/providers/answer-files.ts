import { randomUUID } from "node:crypto";
import type { AnswerStore } from "@safelight/providers";
import type { FsPort, OpenFile } from "@safelight/store";

/** Longest name of a file in safe characters. */
const MAX_NAME = 240;
const UNFINISHED = ".unfinished";
/** Between a run and a name; stands in neither once they are written in safe characters. */
const JOINT = "~";

/**
 * Answers as files: `<folder>/<run>~<name>`. A name appears when all of its bytes are durable, and never before.
 * @param folder Relative to the file system's root; made when it is needed.
 */
export function createAnswerFiles(fs: FsPort, folder: string): AnswerStore {
  const filesOf = async (runId: string): Promise<readonly string[]> => {
    const prefix = `${safeName(runId)}${JOINT}`;
    return (await fs.list(folder)).filter((file) => file.startsWith(prefix));
  };

  return {
    async save(runId, name, body) {
      const target = fileName(runId, name);
      await makeFolder(fs, folder);
      const unfinished = `${folder}/${randomUUID()}${UNFINISHED}`;
      try {
        const file = await fs.open(unfinished, "fresh");
        try {
          await writeAll(file, body);
          await file.sync();
        } finally {
          await file.close();
        }
        await fs.rename(unfinished, `${folder}/${target}`);
      } catch (error) {
        await fs.remove(unfinished);
        throw error;
      }
      await fs.syncFolder(folder);
    },
    async read(runId, name) {
      const path = `${folder}/${fileName(runId, name)}`;
      return (await fs.info(path)) === undefined ? undefined : fs.readFile(path);
    },
    async names(runId) {
      return (await filesOf(runId)).map((file) => decodeURIComponent(file.slice(file.indexOf(JOINT) + 1)));
    },
    async drop(runId) {
      for (const file of await filesOf(runId)) await fs.remove(`${folder}/${file}`);
    },
  };
}

/** Makes a folder and those above it, each name durable before what comes into it. */
async function makeFolder(fs: FsPort, path: string): Promise<void> {
  if ((await fs.info(path)) !== undefined) return;
  await fs.makeFolder(path);
  for (let above = path; above !== ".";) {
    const slash = above.lastIndexOf("/");
    above = slash < 0 ? "." : above.slice(0, slash);
    await fs.syncFolder(above);
  }
}

async function writeAll(file: OpenFile, body: AsyncIterable<Uint8Array> | Uint8Array): Promise<void> {
  let position = 0;
  const write = async (bytes: Uint8Array): Promise<void> => {
    for (let from = 0; from < bytes.byteLength;) {
      const taken = await file.write(bytes.subarray(from), position);
      if (taken === 0) throw Object.assign(new Error("The disk took no bytes."), { code: "ENOSPC" });
      from += taken;
      position += taken;
    }
  };
  if (body instanceof Uint8Array) return write(body);
  for await (const chunk of body) await write(chunk);
}

function fileName(runId: string, name: string): string {
  const file = `${safeName(runId)}${JOINT}${safeName(name)}`;
  if (file.length > MAX_NAME || runId === "" || name === "") {
    throw new RangeError(`"${name.slice(0, 50)}" cannot name an answer.`);
  }
  return file;
}

/** Safe on every system and can be read back: a provider's words never become a path. */
function safeName(name: string): string {
  return encodeURIComponent(name).replace(/[.*!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}
