import { IconArrowsSplit2 } from "@tabler/icons-react";
import { writerWords } from "../../../domain/conflict-sides.ts";
import { fieldsWords } from "../../../domain/field-words.ts";
import { formatTime } from "../../../domain/format.ts";
import styles from "./history.module.css";
import type { RecordPlace } from "./use-versions.ts";
import { VersionDetail } from "./version-detail.tsx";
import { opWords, type Version } from "./versions.ts";

interface VersionRowProps {
  readonly place: RecordPlace;
  readonly version: Version;
  /** Those that were read, newest first. */
  readonly all: readonly Version[];
  /** Said above the first version of each day. */
  readonly day: string | undefined;
  readonly isCurrent: boolean;
  readonly rev: number | undefined;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** One version in the list; opened, what it differs in and what can be done. */
export function VersionRow(props: VersionRowProps) {
  const { version, day, isCurrent, isOpen, onToggle } = props;
  const fields = version.op === "update" && version.fields.length > 0 ? fieldsWords(version.fields) : "";
  const isConflict = version.lost !== undefined;
  return (
    <>
      {day !== undefined && <li className={styles["day"]}>{day}</li>}
      <li data-open={isOpen}>
        <button type="button" className={styles["version"]} aria-expanded={isOpen} onClick={onToggle}>
          <time dateTime={version.at}>{formatTime(version.at)}</time>
          <span>
            <b>{opWords(version)}</b>
            {fields !== "" && ` · ${fields}`}
            <small>
              by {writerWords(version.by)}
              {isCurrent && " · as it is now"}
            </small>
          </span>
          {isConflict && (
            <em>
              <IconArrowsSplit2 size={13} stroke={1.9} aria-hidden="true" /> Two devices
            </em>
          )}
        </button>
        {isOpen && <VersionDetail {...props} />}
      </li>
    </>
  );
}
