import type { BlobRef, Json, JsonObject } from "@safelight/shared";
import type { SyncClient } from "@safelight/sync";
import type { FoundPicture, FoundRecord, Unreadable } from "./core/found.ts";

export interface KeptRecord {
  /** `known`: there is one by this id, in the trash maybe. */
  readonly outcome: "taken" | "known";
  readonly unreadable: readonly Unreadable[];
}

/** Makes a found record, with its pictures as bytes of their own; resolves when it is on this device's disk. */
export async function keepRecord(
  client: SyncClient,
  { collection, id, fields, pictures = [] }: FoundRecord,
): Promise<KeptRecord> {
  if (client.get(collection, id) !== undefined) return { outcome: "known", unreadable: [] };
  const unreadable: Unreadable[] = [];
  let complete: JsonObject = fields;
  for (const picture of pictures) {
    const blob = await keepPicture(client, picture);
    if (blob === undefined) {
      unreadable.push({
        place: `${id}, ${picture.name}`,
        reason: "Its picture is damaged; the rest was taken.",
      });
    } else complete = withValue(complete, picture.at, { ...blob });
  }
  await client.create(collection, complete, { id }).durable;
  return { outcome: "taken", unreadable };
}

async function keepPicture(
  client: SyncClient,
  { dataUrl, name }: FoundPicture,
): Promise<BlobRef | undefined> {
  const bytes = bytesOf(dataUrl);
  if (bytes === undefined || bytes.size === 0) return undefined;
  const blob = await client.putBlob(bytes, { name });
  // What no browser can decode has no size.
  return blob.width === undefined ? undefined : { ...blob, name };
}

function bytesOf(dataUrl: string): Blob | undefined {
  const found = /^data:([^;,]*)([^,]*),/i.exec(dataUrl);
  const type = found?.[1];
  if (found === null || type === undefined || !/^image\//i.test(type)) return undefined;
  const content = dataUrl.slice(found[0].length);
  try {
    const text = /;base64/i.test(found[2] ?? "") ? atob(content) : decodeURIComponent(content);
    return new Blob([Uint8Array.from(text, (letter) => letter.codePointAt(0) ?? 0)], { type });
  } catch {
    // Cut off: reported by the caller.
    return undefined;
  }
}

/** `fields` with `value` at a place, whose lists and objects are made where they are missing. */
function withValue(fields: JsonObject, at: readonly (string | number)[], value: Json): JsonObject {
  const [name, index] = at;
  if (typeof name !== "string") return fields;
  if (typeof index !== "number") return { ...fields, [name]: value };
  const held = fields[name];
  const list: Json[] = Array.isArray(held) ? [...held] : [];
  list[index] = value;
  return { ...fields, [name]: list };
}
