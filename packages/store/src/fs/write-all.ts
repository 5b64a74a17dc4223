import type { OpenFile } from "./fs-port.ts";

/** Writes all bytes, however few the system takes at a time. */
export async function writeAll(file: OpenFile, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength;) {
    done += someTaken(await file.write(bytes.subarray(done), position + done));
  }
}

/** The same before it returns: the event loop stands still meanwhile. */
export function writeAllNow(file: OpenFile, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.byteLength;) {
    done += someTaken(file.writeNow(bytes.subarray(done), position + done));
  }
}

function someTaken(taken: number): number {
  if (taken === 0) throw Object.assign(new Error("The system took no more bytes."), { code: "ENOSPC" });
  return taken;
}
