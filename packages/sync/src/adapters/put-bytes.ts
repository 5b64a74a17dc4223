export interface PutBytes {
  readonly bytes: Blob;
  readonly type: string;
  readonly signal: AbortSignal;
  /** How many have left this device, now and then. */
  readonly onSent: (sentBytes: number) => void;
}

export interface PutAnswer {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | null;
}

/** Puts bytes to an address and tells how far it is, which `fetch` cannot. Rejects when there is no answer. */
export function putBytes(url: string, { bytes, type, signal, onSent }: PutBytes): Promise<PutAnswer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.upload.addEventListener("progress", ({ loaded }) => onSent(loaded));
    request.addEventListener("load", () => {
      const { status, responseText: text } = request;
      resolve({ status, text, retryAfter: request.getResponseHeader("retry-after") });
    });
    request.addEventListener("loadend", () => {
      signal.removeEventListener("abort", abort);
      // After an answer this says nothing.
      reject(new Error("No answer."));
    });
    request.open("PUT", url);
    request.setRequestHeader("content-type", type);
    signal.addEventListener("abort", abort);
    request.send(bytes);
    if (signal.aborted) abort();
  });
}
