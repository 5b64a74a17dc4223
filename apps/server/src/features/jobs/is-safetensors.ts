/** Longest header that is believed, in bytes. */
const MAX_HEADER_BYTES = 100 * 1024 * 1024;
const LENGTH_BYTES = 8;

/** Whether a file begins as a safetensors file does: the length of a header, then that header as a JSON object. */
export async function isSafetensors(start: AsyncIterable<Uint8Array>): Promise<boolean> {
  const head = Buffer.concat(await Array.fromAsync(start));
  if (head.byteLength <= LENGTH_BYTES) return false;
  const length = head.readBigUInt64LE(0);
  return length >= 2n && length <= BigInt(MAX_HEADER_BYTES) && head[LENGTH_BYTES] === "{".charCodeAt(0);
}
