import { isRecord } from "./http/is-record.ts";

/** Stands for an address that nobody can know beforehand. */
export const ANY_URL = "any:url";

/** Whether a run's input is the one that a request makes: all that was sent is there; what the provider added is not looked at. */
export function matchesInput(sent: unknown, found: unknown): boolean {
  if (sent === ANY_URL) return typeof found === "string";
  if (Array.isArray(sent)) {
    return (
      Array.isArray(found) &&
      sent.length === found.length &&
      sent.every((item, index) => matchesInput(item, found[index]))
    );
  }
  if (isRecord(sent)) {
    return isRecord(found) && Object.entries(sent).every(([key, value]) => matchesInput(value, found[key]));
  }
  return sent === found;
}
