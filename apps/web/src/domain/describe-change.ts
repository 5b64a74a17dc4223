import type { CollectionName, JsonObject } from "@safelight/shared";
import { fieldsWords } from "./field-words.ts";
import { kindOf, recordName } from "./record-name.ts";

/** One change, without its values. */
export interface NamedChange {
  readonly collection: CollectionName;
  readonly op: "create" | "update" | "delete" | "restore";
  /** Names of the fields that it sets. */
  readonly fields: readonly string[];
}

/** A change in a few words; `record` is what it made of its record, if that is known: "Star on “a lighthouse”". */
export function describeChange(
  { collection, op, fields }: NamedChange,
  record: JsonObject | undefined,
): string {
  const name = recordName(collection, record);
  switch (op) {
    case "create":
      return collection === "drafts" ? `What is typed in ${name}` : `New ${kindOf(collection)} ${name}`;
    case "delete":
      return `${capital(name)} to the trash`;
    case "restore":
      return `${capital(name)} out of the trash`;
    case "update":
      return describeUpdate(collection, fields, name, record);
  }
}

function describeUpdate(
  collection: CollectionName,
  fields: readonly string[],
  name: string,
  record: JsonObject | undefined,
): string {
  const [only] = fields;
  if (collection === "drafts") return `What is typed in ${name}`;
  if (fields.length === 1 && only === "star")
    return `Star ${record?.["star"] === true ? "on" : "off"} ${name}`;
  if (fields.length === 1 && only === "cancelRequested") return `Cancel ${name}`;
  return fields.length === 0 ? capital(name) : `${fieldsWords(fields)} of ${name}`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
