import type { AnswerStore } from "../provider-host.ts";

/** Longest answer that is taken: sixteen pictures of 4K as base64 stay well below. */
const MAX_BYTES = 256 * 1024 * 1024;
/** How long a piece of a streamed answer may wait for the next ones before it is written. */
const PART_EVERY_MS = 500;

/** Names of what is kept of one run's answer. */
export const ANSWER = "answer";
export const CUT = "cut";
const PART = "part-";

/** What came of a body, however far it came. The bytes are here even if the disk refused them. */
export interface KeptBody {
  readonly bytes: Uint8Array;
  /** Why the connection broke, if it did. */
  readonly brokenBy: unknown;
  /** Whether all of `bytes` are on disk under `ANSWER`. */
  readonly isKept: boolean;
}

/** Streams a body to disk as it arrives, so that nothing of it is lost between its arrival and its reading. */
export async function keepWhole(
  body: AsyncIterable<Uint8Array>,
  save: (name: string, body: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<KeptBody> {
  const taken = collect(body);
  try {
    await save(ANSWER, taken.chunks);
    return { bytes: taken.bytes(), brokenBy: undefined, isKept: true };
  } catch {
    // Either the connection broke, which `taken` knows, or the disk did: then the rest is still worth reading.
    await taken.drain();
    return { bytes: taken.bytes(), brokenBy: taken.brokenBy(), isKept: false };
  }
}

/** Keeps a slow stream in pieces of half a second each: a process that dies in between loses no more than that. */
export async function keepInParts(
  body: AsyncIterable<Uint8Array>,
  save: (name: string, body: Uint8Array) => Promise<void>,
  onBytes: (bytes: Uint8Array) => void,
): Promise<KeptBody> {
  const taken = collect(body);
  let waiting: Uint8Array[] = [];
  let count = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const part = Buffer.concat(waiting);
    if (part.byteLength === 0) return;
    const name = PART + String((count += 1)).padStart(6, "0");
    waiting = [];
    // A piece that the disk refuses is still in memory, and written with the whole at the end.
    writing = writing.then(() => save(name, part)).catch(() => undefined);
  }

  try {
    for await (const chunk of taken.chunks) {
      waiting.push(chunk);
      timer ??= setTimeout(flush, PART_EVERY_MS);
      onBytes(chunk);
    }
  } catch {
    // `taken` knows what broke; what came before it counts.
  }
  flush();
  await writing;
  return { bytes: taken.bytes(), brokenBy: taken.brokenBy(), isKept: false };
}

/** The pieces of an answer that was never finished, in one; `undefined` when there are none. */
export async function joinParts(answers: AnswerStore, runId: string): Promise<Uint8Array | undefined> {
  const names = (await answers.names(runId)).filter((name) => name.startsWith(PART)).sort();
  if (names.length === 0) return undefined;
  const parts = await Promise.all(names.map((name) => answers.read(runId, name)));
  return Buffer.concat(parts.filter((part) => part !== undefined));
}

function collect(body: AsyncIterable<Uint8Array>) {
  const seen: Uint8Array[] = [];
  const source = body[Symbol.asyncIterator]();
  let sizeBytes = 0;
  let brokenBy: unknown;
  let isDone = false;

  async function next(): Promise<Uint8Array | undefined> {
    if (isDone) return undefined;
    try {
      const step = await source.next();
      if (step.done === true) {
        isDone = true;
        return undefined;
      }
      sizeBytes += step.value.byteLength;
      if (sizeBytes > MAX_BYTES) throw new RangeError(`The answer is longer than ${MAX_BYTES} bytes.`);
      seen.push(step.value);
      return step.value;
    } catch (error) {
      isDone = true;
      brokenBy = error;
      throw error;
    }
  }

  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let chunk = await next(); chunk !== undefined; chunk = await next()) yield chunk;
  }

  return {
    chunks: chunks(),
    bytes: () => Buffer.concat(seen),
    brokenBy: () => brokenBy,
    async drain(): Promise<void> {
      try {
        while ((await next()) !== undefined);
      } catch {
        // Kept in `brokenBy`.
      }
    },
  };
}
