import { type Json, isJsonObject, type JsonObject } from "@safelight/shared";
import { type Find, type FoundRecord, type KeptEntry, NOTHING_FOUND, type Unreadable } from "./found.ts";
import { cut, isDataUrl, numberIn, objectIn, present, textIn, textsIn } from "./read-value.ts";
import { keptId, stableId } from "./stable-id.ts";

/**
 * The canvases of the older gallery: one with its cards, a list of them, or a registry of them by their ids.
 * `undefined` for what is none.
 */
export function findGallery({ key }: KeptEntry, value: Json): Find | undefined {
  const sessions = sessionsIn(key, value);
  if (sessions.length === 0) return undefined;
  const records: FoundRecord[] = [];
  const unreadable: Unreadable[] = [];
  for (const [own, session] of sessions) {
    const id = keptId("gal", own, key);
    records.push({ collection: "gallerySessions", id, fields: sessionFields(session, id) });
    const cards = cardsOf(session) ?? [];
    for (const [index, card] of cards.entries()) {
      const record = isJsonObject(card) ? readCard(card, id, index) : undefined;
      if (record === undefined) {
        unreadable.push({
          place: `${key}, ${id}, card ${index + 1}`,
          reason: "It has neither a place nor a picture.",
        });
      } else records.push(record);
    }
  }
  return {
    ...NOTHING_FOUND,
    what: sessions.length === 1 ? "A gallery canvas" : `${sessions.length} gallery canvases`,
    keys: [key],
    records,
    unreadable,
  };
}

function sessionsIn(key: string, value: Json): readonly (readonly [Json | undefined, JsonObject])[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) =>
      isJsonObject(item) && isSession(item) ? [[item["id"] ?? item["sessionId"], item] as const] : [],
    );
  }
  if (!isJsonObject(value)) return [];
  if (isSession(value)) {
    return [[value["id"] ?? value["sessionId"] ?? /(gal-[A-Za-z0-9-]+)$/.exec(key)?.[1], value]];
  }
  const registry = value["sessions"];
  if (Array.isArray(registry)) return sessionsIn(key, registry);
  return Object.entries(isJsonObject(registry) ? registry : value).flatMap(([id, item]) =>
    isJsonObject(item) && isSession(item) ? [[item["id"] ?? id, item] as const] : [],
  );
}

function cardsOf(session: JsonObject): readonly Json[] | undefined {
  const cards = session["cards"] ?? session["images"];
  return Array.isArray(cards) ? cards : undefined;
}

function isSession(value: JsonObject): boolean {
  const cards = cardsOf(value);
  const isCanvas = "userComposition" in value || "user_composition" in value || "savedProducts" in value;
  return (cards !== undefined && cards.some((card) => isJsonObject(card) && hasPlace(card))) || isCanvas;
}

function hasPlace(card: JsonObject): boolean {
  const place = objectIn(card, "position") ?? card;
  return numberIn(place, "x") !== undefined && numberIn(place, "y") !== undefined;
}

function sessionFields(session: JsonObject, id: string): JsonObject {
  return {
    name: cut(textIn(session, "name", "title") ?? id, 500),
    userComposition: cut(
      textIn(session, "userComposition", "user_composition", "composition") ?? "",
      100_000,
    ),
    savedProducts: (textsIn(session, "savedProducts", "saved_products") ?? []).map((each) => cut(each, 500)),
    directivesUsed: textsIn(session, "directivesUsed", "directives_used") ?? [],
  };
}

function readCard(card: JsonObject, sessionId: string, index: number): FoundRecord | undefined {
  const place = objectIn(card, "position") ?? card;
  const size = objectIn(card, "size") ?? card;
  const product = objectIn(card, "product") ?? {};
  const url = textIn(card, "imageUrl", "image_url", "url", "image", "src") ?? "";
  if (!hasPlace(card) && url === "") return undefined;
  const short = (text: string | undefined) => cut(text ?? "", 500);
  const fields = present({
    sessionId,
    sortKey: `Z${String(index).padStart(6, "0")}`,
    directive: cut(textIn(card, "directive", "prompt") ?? "", 100_000),
    productId: short(textIn(card, "productId", "product_id") ?? textIn(product, "id")),
    productName: short(textIn(card, "productName", "product_name") ?? textIn(product, "name")),
    productBrand: short(textIn(card, "productBrand", "product_brand") ?? textIn(product, "brand")),
    x: numberIn(place, "x") ?? 0,
    y: numberIn(place, "y") ?? 0,
    width: Math.max(0, numberIn(size, "width") ?? 180),
    height: Math.max(0, numberIn(size, "height") ?? 220),
    url: /^(?:https?:|\/)/.test(url) ? cut(url, 2048) : undefined,
  });
  const pictures = isDataUrl(url)
    ? { pictures: [{ at: ["blob"], dataUrl: url, name: `card-${index + 1}` } as const] }
    : {};
  const id = stableId("img", sessionId, card["id"] ?? index);
  return { collection: "galleryImages", id, fields, ...pictures };
}
