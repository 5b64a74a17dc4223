import { ActionIcon, Button, Modal, Textarea, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { counted } from "../../../domain/format.ts";
import styles from "./prompt.module.css";
import type { PromptLibrary, WildcardList } from "./use-prompt-library.ts";

interface WildcardDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly library: PromptLibrary;
}

const NAME = /^[\p{L}\p{N}][\p{L}\p{N} _-]*$/u;

/** Lists of words that prompts draw from by name. */
export function WildcardDialog({ opened, onClose, library }: WildcardDialogProps) {
  const [name, setName] = useState("");
  const [lines, setLines] = useState("");
  const isNameRight = NAME.test(name.trim()) && !name.includes("__");
  const words = lines
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const show = (list: WildcardList) => {
    setName(list.name);
    setLines(list.lines.join("\n"));
  };
  return (
    <Modal opened={opened} onClose={onClose} title="Wildcards" closeButtonProps={{ "aria-label": "Close" }}>
      <form
        className={styles["stack"]}
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (!isNameRight || words.length === 0) return;
          library.saveList({ name: name.trim(), lines: words });
          setName("");
          setLines("");
        }}
      >
        <TextInput
          label="Name"
          description="Letters, digits, spaces and dashes. In a prompt it stands between two underscores on each side."
          maxLength={60}
          data-autofocus
          value={name}
          error={name === "" || isNameRight ? undefined : "This cannot be a name."}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label="Words, one a line"
          autosize
          minRows={4}
          maxRows={12}
          maxLength={20_000}
          value={lines}
          onChange={(event) => setLines(event.currentTarget.value)}
        />
        <Button type="submit" disabled={!isNameRight || words.length === 0}>
          Keep
        </Button>
      </form>
      <ul className={styles["kept"]}>
        {library.lists.map((list) => (
          <li key={list.id}>
            <button type="button" onClick={() => show(list)}>
              <b>__{list.name}__</b>
              <small>{counted(list.lines.length, "line")}</small>
            </button>
            <ActionIcon
              aria-label={`Delete ${list.name}`}
              title="Delete"
              onClick={() => library.remove(list)}
            >
              <IconTrash size={16} stroke={1.7} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
