import { notifications } from "@mantine/notifications";
import { COLLECTION_NAMES } from "@safelight/shared";
import type { SyncClient } from "@safelight/sync";
import { Link } from "@tanstack/react-router";
import { counted } from "../domain/format.ts";
import { findOlderData } from "./core/find-older-data.ts";
import { readLocalStorage } from "./read-local-storage.ts";
import { type TakeoverOutcome, takeOver } from "./take-over.ts";
import styles from "./takeover-section.module.css";

/** Longest wait for the studio's own records: what it has already is not taken twice. */
const HEAR_STUDIO_MS = 4000;
const RETRY_MS = 30_000;
const MAX_NAMED = 3;
const LOCK = "safelight-takeover";

/** Takes over what older apps kept in this browser, once, in one tab, while the page is in use. */
export async function startTakeover(client: SyncClient): Promise<void> {
  if (client.storageKind() === "memory" || findOlderData(readLocalStorage()).length === 0) return;
  await client.whenWhole();
  await heardOfStudio(client);
  for (;;) {
    const outcome = await inOneTab(() =>
      takeOver({
        client,
        entries: readLocalStorage(),
        fetch: (input, init) => fetch(input, init),
        now: () => new Date().toISOString(),
      }),
    );
    if (outcome === undefined) return;
    if (outcome.reports.length > 0) tell(outcome);
    if (outcome.waiting === 0) return;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** Says what came in, with the way to the report. */
export function tell({ reports, waiting }: TakeoverOutcome): void {
  const taken = reports.reduce((sum, report) => sum + report.taken, 0);
  const unreadable = reports.reduce((sum, report) => sum + report.unreadable.length, 0);
  notifications.show({
    id: "takeover",
    title: "Taken over from an older app",
    message: (
      <>
        {namesOf(reports)}: {counted(taken, "entry", "entries")} taken
        {unreadable > 0 && `, ${unreadable} could not be read`}
        {waiting > 0 && ". The rest waits for the server"}.{" "}
        <Link to="/data" hash="older-apps" className={styles["link"]}>
          Show the report
        </Link>
      </>
    ),
    autoClose: false,
    closeButtonProps: { "aria-label": "Close" },
  });
}

function namesOf(reports: TakeoverOutcome["reports"]): string {
  const names = reports.slice(0, MAX_NAMED).map(({ what }) => what);
  const more = reports.length - names.length;
  return more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
}

/** Resolves when the studio's records are here, or after a while without them. */
async function heardOfStudio(client: SyncClient): Promise<void> {
  if (COLLECTION_NAMES.some((name) => client.list(name).length > 0)) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      unsubscribe();
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(done, HEAR_STUDIO_MS);
    const unsubscribe = client.subscribe(done);
  });
}

/** `undefined`: another tab is at it. Without locks (plain HTTP) every tab may, and the ids see to it that nothing doubles. */
async function inOneTab<T>(work: () => Promise<T>): Promise<T | undefined> {
  const { locks } = navigator as { readonly locks?: LockManager };
  if (locks === undefined) return work();
  return locks.request(LOCK, { ifAvailable: true }, async (lock) => (lock === null ? undefined : work()));
}
