import { IconSearch, IconX } from "@tabler/icons-react";
import { useRef } from "react";
import { isComposing } from "./is-composing.ts";
import styles from "./search-field.module.css";
import { useWindowKeys } from "./use-window-keys.ts";

interface SearchFieldProps {
  /** What is searched: "Search the library". */
  readonly label: string;
  /** What words are looked for in. */
  readonly title: string;
  readonly words: string;
  readonly onWords: (words: string) => void;
  /** Gives the focus to what was found. */
  readonly onDown: () => void;
}

/** Words to look for; `/` goes there, Escape empties it, and the arrow down goes on to what was found. */
export function SearchField({ label, title, words, onWords, onDown }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useWindowKeys(({ key }) => {
    if (key !== "/") return false;
    input.current?.focus();
    input.current?.select();
    return true;
  });
  return (
    <div className={styles["field"]}>
      <IconSearch size={15} stroke={1.7} aria-hidden="true" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder="Search"
        title={title}
        value={words}
        onChange={(event) => onWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (isComposing(event.nativeEvent)) return;
          if (event.key === "Escape" && words !== "") {
            event.preventDefault();
            onWords("");
          } else if (event.key === "ArrowDown") {
            event.preventDefault();
            onDown();
          }
        }}
      />
      {words !== "" && (
        <button
          type="button"
          aria-label="Search for nothing"
          onClick={() => {
            onWords("");
            input.current?.focus();
          }}
        >
          <IconX size={13} stroke={2} />
        </button>
      )}
    </div>
  );
}
