import { ActionIcon, Button, Modal, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { FormState } from "./form-state.ts";
import styles from "./prompt.module.css";
import type { PromptLibrary } from "./use-prompt-library.ts";

interface TemplateDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly form: FormState;
  readonly library: PromptLibrary;
}

/** Keeps the prompt under a name, and lets go of those that are not wanted any more. */
export function TemplateDialog({ opened, onClose, form, library }: TemplateDialogProps) {
  const [name, setName] = useState("");
  const { prompt, negativePrompt } = form;
  const save = () => {
    if (name.trim() === "" || prompt.trim() === "") return;
    library.saveTemplate({ name: name.trim(), prompt, negativePrompt });
    setName("");
    onClose();
  };
  return (
    <Modal opened={opened} onClose={onClose} title="Templates" closeButtonProps={{ "aria-label": "Close" }}>
      <form
        className={styles["save"]}
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          save();
        }}
      >
        <TextInput
          label="Keep this prompt as"
          placeholder="Name"
          maxLength={100}
          data-autofocus
          disabled={prompt.trim() === ""}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" disabled={name.trim() === "" || prompt.trim() === ""}>
          Keep
        </Button>
      </form>
      <p className={styles["hint"]}>
        {prompt.trim() === ""
          ? "Write a prompt first."
          : "{a|b} takes one of its parts, __name__ a line of the wildcard list of that name; each job draws anew."}
      </p>
      <ul className={styles["kept"]}>
        {library.templates.map((template) => (
          <li key={template.id}>
            <span>
              <b>{template.name}</b>
              <small>{template.prompt}</small>
            </span>
            <ActionIcon
              aria-label={`Delete ${template.name}`}
              title="Delete"
              onClick={() => library.remove(template)}
            >
              <IconTrash size={16} stroke={1.7} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
