import { TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useDeferredValue, useMemo, useState } from "react";
import { Nothing, Section } from "../../../components/page.tsx";
import { formatDate } from "../../../domain/format.ts";
import { COLLECTION_TITLES } from "../collection-titles.ts";
import { findRecords } from "./find-records.ts";
import styles from "./history.module.css";
import { RewindForm } from "./rewind-form.tsx";
import { useKnownRecords } from "./use-known-records.ts";

const MOST_FOUND = 8;

/** Finds a record to look at its versions, and takes a collection or the whole studio back to a moment. */
export function HistorySection({ openId }: { openId: string | undefined }) {
  return (
    <Section id="history" title="History" aside="every version of every record">
      <Finder openId={openId} />
      <RewindForm />
    </Section>
  );
}

function Finder({ openId }: { openId: string | undefined }) {
  const known = useKnownRecords();
  const [text, setText] = useState("");
  const search = useDeferredValue(text);
  const found = useMemo(
    () => (search.trim() === "" ? [] : findRecords(known, search, MOST_FOUND)),
    [known, search],
  );
  return (
    <div className={styles["find"]}>
      <TextInput
        label="Versions of a record"
        placeholder="Words of its name, or its id"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        type="search"
      />
      {search.trim() !== "" && found.length === 0 && <Nothing>No record is called that.</Nothing>}
      <ul className={styles["found"]} aria-label="Records found">
        {found.map(({ collection, id, name, updatedAt, isInTrash }) => (
          <li key={`${collection}/${id}`}>
            <Link
              to="/data"
              search={{ collection, record: id }}
              resetScroll={false}
              aria-current={openId === id ? "true" : undefined}
            >
              <span>{name}</span>
              <small>
                {COLLECTION_TITLES[collection]}
                {isInTrash && ", in the trash"}
                {updatedAt === undefined ? ", not on this device" : ` · ${formatDate(updatedAt)}`}
              </small>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
