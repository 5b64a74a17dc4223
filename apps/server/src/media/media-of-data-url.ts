import { ProblemError } from "../problem-error.ts";
import { parseDataUrl } from "./data-url.ts";
import { type InspectedMedia, type InspectOptions, inspectMedia } from "./inspect-media.ts";

/** The bytes of a `data:` URL, and what they are. */
export interface DataUrlMedia {
  readonly bytes: Buffer;
  readonly media: InspectedMedia;
}

/** Throws a `ProblemError`: `data-url.invalid`, or what `inspectMedia` throws. */
export async function mediaOfDataUrl(text: string, options: InspectOptions): Promise<DataUrlMedia> {
  const bytes = bytesOfDataUrl(text, options.path);
  return { bytes, media: await inspectMedia(bytes, options) };
}

/** Throws a `ProblemError` `data-url.invalid` for anything but a sound base64 `data:` URL. */
export function bytesOfDataUrl(text: string, path: string): Buffer {
  const parsed = parseDataUrl(text);
  if (parsed !== undefined) return parsed.bytes;
  const message = "is not a base64 data URL";
  throw new ProblemError(422, "data-url.invalid", `${path} ${message}.`, { errors: [{ path, message }] });
}
