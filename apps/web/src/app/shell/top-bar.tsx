import { Kbd } from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { isMac } from "../../components/is-mac.ts";
import { RunningJobs } from "./running-jobs.tsx";
import { SaveStatus } from "./save-status.tsx";
import { SpendToday } from "./spend-today.tsx";
import styles from "./top-bar.module.css";

export function TopBar({ title }: { title: string }) {
  return (
    <header className={styles["bar"]}>
      <h1 className={styles["title"]}>{title}</h1>
      <button
        type="button"
        className={styles["search"]}
        onClick={spotlight.open}
        aria-label="Search pictures, jobs and rooms"
        aria-keyshortcuts="Control+K Meta+K"
      >
        <IconSearch size={15} aria-hidden="true" className={styles["searchIcon"]} />
        <span className={styles["searchWords"]}>Search pictures, jobs, rooms…</span>
        <Kbd className={styles["searchKeys"] ?? ""}>{isMac() ? "⌘ K" : "Ctrl K"}</Kbd>
      </button>
      <div className={styles["right"]} data-live>
        <RunningJobs />
        <SpendToday />
        <SaveStatus />
      </div>
    </header>
  );
}
