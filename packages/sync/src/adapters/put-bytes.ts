import { errorOfResponse } from "../core/error-of-response.ts";
import { jsonOf } from "../core/json-of.ts";
import { TransportError } from "../transport-error.ts";

export interface PutBytes {
  readonly bytes: Blob;
  readonly type: string;
  readonly signal: AbortSignal;
  /** How many have left this device, now and then. */
  readonly onSent: (sentBytes: number) => void;
}

/** Puts bytes to an address and tells how far it is, which `fetch` cannot. Rejects with a `TransportError`. */
export function putBytes(url: string, { bytes, type, signal, onSent }: PutBytes): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    const fail = () => {
      reject(new TransportError("offline", "The server was not reached."));
    };
    request.upload.addEventListener("progress", ({ loaded }) => onSent(loaded));
    request.addEventListener("error", fail);
    request.addEventListener("abort", fail);
    request.addEventListener("load", () => {
      const { status } = request;
      if (status >= 200 && status < 300) resolve();
      else
        reject(
          errorOfResponse(status, jsonOf(request.responseText), request.getResponseHeader("retry-after")),
        );
    });
    request.addEventListener("loadend", () => signal.removeEventListener("abort", abort));
    request.open("PUT", url);
    request.setRequestHeader("content-type", type);
    signal.addEventListener("abort", abort);
    if (signal.aborted) fail();
    else request.send(bytes);
  });
}
