import { type Json, isJsonObject, type JsonObject } from "@safelight/shared";
import { type Find, type FoundRecord, type KeptEntry, NOTHING_FOUND, type Unreadable } from "./found.ts";
import { cut, isDataUrl, isoTimeIn, objectIn, present, textIn } from "./read-value.ts";
import { keptId, stableId } from "./stable-id.ts";

const LISTS = ["messages", "interactions", "components"] as const;
type ListName = (typeof LISTS)[number];
/** A key that ends with the id of its session: `ai-editor-session-123`. */
const KEY = /^.*(?:session|backup|editor|chat)s?[-_:.]+([A-Za-z0-9][\w-]*)$/i;
const MAX_TEXT = 100_000;
const MAX_CODE = 1_000_000;

/**
 * A session that the older editor backed up: an object with lists of messages, interactions and components, under a
 * key that ends with the session's id. `undefined` for what is none.
 */
export function findEditorBackup({ key }: KeptEntry, value: Json): Find | undefined {
  const backup = isJsonObject(value) ? (objectIn(value, "data", "session", "state") ?? value) : undefined;
  if (backup === undefined || !isJsonObject(value) || !LISTS.some((name) => isList(backup[name]))) {
    return undefined;
  }
  const own = value["sessionId"] ?? backup["sessionId"] ?? KEY.exec(key)?.[1];
  const sessionId = keptId("editor", own, key);
  const name = textIn(backup, "name", "title") ?? textIn(value, "name") ?? `Session ${sessionId}`;
  const records: FoundRecord[] = [
    { collection: "editorSessions", id: sessionId, fields: { name: cut(name, 500) } },
  ];
  const unreadable: Unreadable[] = [];
  for (const list of LISTS) {
    const entries = backup[list];
    for (const [index, entry] of (Array.isArray(entries) ? entries : []).entries()) {
      const record = isJsonObject(entry) ? READERS[list](entry, sessionId, index) : undefined;
      if (record !== undefined) records.push(record);
      else unreadable.push({ place: `${key}, ${list}, entry ${index + 1}`, reason: "It has no content." });
    }
  }
  return { ...NOTHING_FOUND, what: `Editor session “${cut(name, 60)}”`, keys: [key], records, unreadable };
}

function isList(value: Json | undefined): boolean {
  return Array.isArray(value) && value.some(isJsonObject);
}

type Reader = (entry: JsonObject, sessionId: string, index: number) => FoundRecord | undefined;

const READERS: Readonly<Record<ListName, Reader>> = {
  messages(entry, sessionId, index) {
    const content = textIn(entry, "content", "text", "message", "prompt");
    if (content === undefined) return undefined;
    const fields = { role: roleOf(entry), content: cut(content, MAX_TEXT) };
    const image = textIn(entry, "image", "imageUrl") ?? "";
    const pictures = isDataUrl(image)
      ? [{ at: ["images", 0], dataUrl: image, name: `message-${index + 1}` } as const]
      : [];
    return madeOf("messages", "msg", { entry, sessionId, index, fields, pictures });
  },
  interactions(entry, sessionId, index) {
    const prompt = textIn(entry, "prompt", "input", "question");
    const response = textIn(entry, "response", "output", "answer");
    if (prompt === undefined && response === undefined) return undefined;
    const type = textIn(entry, "type");
    const fields = present({
      prompt: cut(prompt ?? "", MAX_TEXT),
      response: cut(response ?? "", MAX_TEXT),
      type: type === undefined ? undefined : cut(type, 500),
    });
    return madeOf("interactions", "act", { entry, sessionId, index, fields, pictures: [] });
  },
  components(entry, sessionId, index) {
    const jsx = textIn(entry, "jsx", "jsxCode", "code");
    if (jsx === undefined) return undefined;
    const fields = {
      name: cut(textIn(entry, "name", "componentName", "title") ?? `Component ${index + 1}`, 500),
      jsx: cut(jsx, MAX_CODE),
      css: cut(textIn(entry, "css", "cssCode") ?? "", MAX_CODE),
    };
    return madeOf("components", "comp", { entry, sessionId, index, fields, pictures: [] });
  },
};

function madeOf(
  collection: ListName,
  prefix: string,
  made: {
    readonly entry: JsonObject;
    readonly sessionId: string;
    readonly index: number;
    readonly fields: JsonObject;
    readonly pictures: NonNullable<FoundRecord["pictures"]>;
  },
): FoundRecord {
  const { entry, sessionId, index, fields, pictures } = made;
  const writtenAt = isoTimeIn(entry, "createdAt", "timestamp", "created_at", "time");
  const metadata = objectIn(entry, "metadata");
  return {
    collection,
    // The older editor counted from 1 in each session.
    id: stableId(prefix, sessionId, entry["id"] ?? index, fields),
    fields: {
      sessionId,
      // Sorts as the list did, before what is added later.
      sortKey: `Z${String(index).padStart(6, "0")}`,
      ...fields,
      ...(writtenAt === undefined && metadata === undefined
        ? {}
        : { metadata: { ...metadata, ...(writtenAt === undefined ? {} : { writtenAt }) } }),
    },
    ...(pictures.length === 0 ? {} : { pictures }),
  };
}

function roleOf(entry: JsonObject): "user" | "assistant" | "system" {
  const role = (textIn(entry, "role", "type", "sender", "author") ?? "user").toLowerCase();
  if (role === "user" || role === "human") return "user";
  return role === "system" || role === "error" ? "system" : "assistant";
}
