import { useSyncExternalStore } from "react";
import { dayKey } from "../domain/day.ts";

const LOOK_EVERY_MS = 20_000;

/** The local calendar day, as "2026-11-21"; changes at midnight while the page stays open. */
export function useToday(): string {
  return useSyncExternalStore(subscribe, () => dayKey(new Date()));
}

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}
