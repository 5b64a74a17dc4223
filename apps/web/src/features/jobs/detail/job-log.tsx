import { useLayoutEffect, useRef } from "react";
import { counted, formatExactTime } from "../../../domain/format.ts";
import { Fold } from "./fold.tsx";
import styles from "./job-detail.module.css";
import { type LogLine, type PlaceNames, wordsOfLine } from "./job-log-lines.ts";

interface JobLogProps {
  readonly lines: readonly LogLine[];
  readonly names: PlaceNames;
  readonly isLive: boolean;
}

/** What the runner and the run said, as it is said. */
export function JobLog({ lines, names, isLive }: JobLogProps) {
  const list = useRef<HTMLOListElement>(null);
  const isAtEnd = useRef(true);
  useLayoutEffect(() => {
    const { current } = list;
    if (current !== null && isAtEnd.current) current.scrollTop = current.scrollHeight;
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- more lines make it longer
  }, [lines]);
  if (lines.length === 0) return null;
  return (
    <Fold title="Log" note={isLive ? "live" : counted(lines.length, "line")} isOpen={isLive}>
      <ol
        ref={list}
        className={styles["log"]}
        aria-label="Log"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          isAtEnd.current = scrollTop + clientHeight >= scrollHeight - 4;
        }}
      >
        {lines.map((line, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- lines are only added at the end
          <li key={index} data-kind={line.kind}>
            {line.at !== undefined && <time dateTime={line.at}>{formatExactTime(line.at)}</time>}
            <span>{wordsOfLine(line, names).join(", ")}</span>
          </li>
        ))}
      </ol>
    </Fold>
  );
}
