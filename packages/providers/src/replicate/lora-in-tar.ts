import { ProviderError } from "../provider-error.ts";

const BLOCK_BYTES = 512;
/** Names longer than a header holds come in an entry of their own; none is this long. */
const MAX_LONG_NAME_BYTES = 64 * 1024;

interface Entry {
  readonly name: string;
  readonly type: string;
  readonly sizeBytes: number;
}

/**
 * The first `.safetensors` file in a tar, as it streams by: trainers pack what they made with their settings. Throws
 * `provider.answer-invalid` when there is none or the archive breaks off.
 */
export async function* loraInTar(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = createBlockReader(body);
  let longName: string | undefined;
  for (;;) {
    const header = await reader.take(BLOCK_BYTES);
    if (header === undefined || header.every((byte) => byte === 0)) throw invalid("has no .safetensors file");
    const entry = readHeader(header);
    const paddedBytes = Math.ceil(entry.sizeBytes / BLOCK_BYTES) * BLOCK_BYTES;
    if (entry.type === "L" && entry.sizeBytes <= MAX_LONG_NAME_BYTES) {
      const bytes = await reader.take(paddedBytes);
      longName = textOf(bytes?.subarray(0, entry.sizeBytes) ?? new Uint8Array());
      continue;
    }
    const name = longName ?? entry.name;
    longName = undefined;
    const isFile = entry.type === "0" || entry.type === "";
    if (isFile && name.endsWith(".safetensors")) {
      yield* reader.stream(entry.sizeBytes);
      return;
    }
    for await (const chunk of reader.stream(paddedBytes)) void chunk;
  }
}

function createBlockReader(body: AsyncIterable<Uint8Array>) {
  const source = body[Symbol.asyncIterator]();
  let held: Uint8Array = new Uint8Array();

  async function pull(): Promise<boolean> {
    const { value, done } = await source.next();
    if (done === true) return false;
    held = held.byteLength === 0 ? value : Buffer.concat([held, value]);
    return true;
  }

  return {
    /** The next bytes; `undefined` at the end. */
    async take(sizeBytes: number): Promise<Uint8Array | undefined> {
      while (held.byteLength < sizeBytes) {
        if (!(await pull())) {
          if (held.byteLength === 0) return undefined;
          throw invalid("breaks off");
        }
      }
      const taken = held.subarray(0, sizeBytes);
      held = held.subarray(sizeBytes);
      return taken;
    },
    async *stream(sizeBytes: number): AsyncGenerator<Uint8Array> {
      let left = sizeBytes;
      while (left > 0) {
        if (held.byteLength === 0 && !(await pull())) throw invalid("breaks off");
        const chunk = held.subarray(0, left);
        held = held.subarray(chunk.byteLength);
        left -= chunk.byteLength;
        if (chunk.byteLength > 0) yield chunk;
      }
    },
  };
}

function readHeader(header: Uint8Array): Entry {
  const field = (start: number, end: number) => textOf(header.subarray(start, end));
  // The eighth byte of a number may be the sign of a binary one, for files above 8 GB: no LoRA is.
  const sizeBytes = Number.parseInt(field(124, 136).trim(), 8);
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0) throw invalid("cannot be read");
  const prefix = field(257, 262) === "ustar" ? field(345, 500) : "";
  const name = field(0, 100);
  return { name: prefix === "" ? name : `${prefix}/${name}`, type: field(156, 157), sizeBytes };
}

function textOf(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}

function invalid(what: string): ProviderError {
  return new ProviderError("provider.answer-invalid", `The archive of the training ${what}.`);
}
