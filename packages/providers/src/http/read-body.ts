/** A body that is longer than anything the provider has reason to send. */
export class BodyTooLargeError extends Error {
  override readonly name = "BodyTooLargeError";
}

/** Reads a body to its end. Rejects with `BodyTooLargeError` beyond `maxBytes`, and as `fetch` does when it is cut short. */
export async function readBody(response: Response, maxBytes: number): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of response.body) {
    sizeBytes += chunk.byteLength;
    // Leaving the loop cancels the body, so that the rest is not read.
    if (sizeBytes > maxBytes) throw new BodyTooLargeError(`The answer is longer than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
