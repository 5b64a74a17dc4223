import { MOST_DEVICE_NAME } from "@safelight/shared";

/** The name that a device gives itself, percent-encoded in a header: one line, or `undefined` where it says nothing readable. */
export function readDeviceName(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  try {
    const words = decodeURIComponent(header)
      .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
      .trim();
    const name = words.slice(0, MOST_DEVICE_NAME).toWellFormed();
    return name === "" ? undefined : name;
  } catch {
    // Not percent-encoded. A name is shown and nothing else: what came with it is taken all the same.
    return undefined;
  }
}
