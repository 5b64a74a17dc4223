import { expect, it } from "vitest";
import type { CollectionName, JsonObject } from "@safelight/shared";
import { newEntry } from "./replay.ts";
import { readableNameOf } from "./readable-name.ts";

const blob = { sha256: "a".repeat(64), sizeBytes: 1, mime: "image/png" };

function nameOf(collection: CollectionName, fields: JsonObject): string | undefined {
  const json = JSON.stringify({ id: "x-1", origin: "upload", prompt: "", number: 1, blob, ...fields });
  const entry = newEntry({
    seq: 1,
    collection,
    id: "x-1",
    op: "create",
    json,
    conflict: undefined,
    home: "",
  });
  return readableNameOf(entry)?.path;
}

it("S64 gives no name that leaves its folder or takes the place of a document", () => {
  expect(nameOf("contents", { filename: "a.png" })).toBe("uploads/a.png");
  for (const filename of ["../a.png", "a/b.png", ".hidden", "", "a\0.png", "..", "C:\\a.png"]) {
    expect(nameOf("contents", { filename })).toBeUndefined();
  }
  expect(nameOf("galleryImages", { sessionId: "gal-1" })).toBe("gallery/gal-1/img_001.png");
  expect(nameOf("galleryImages", { sessionId: "../../etc" })).toBeUndefined();
  expect(nameOf("galleryImages", { sessionId: ".." })).toBeUndefined();
});

it("S91 gives none to a record in the trash or without bytes", () => {
  expect(nameOf("contents", { filename: "a.png", deletedAt: "2026-01-01T00:00:00.000Z" })).toBeUndefined();
  expect(nameOf("styles", { name: "x" })).toBeUndefined();
});
