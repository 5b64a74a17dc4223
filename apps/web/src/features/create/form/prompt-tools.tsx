import { ActionIcon, Menu, Popover, TextInput, Tooltip, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBookmark, IconHistory } from "@tabler/icons-react";
import { useState } from "react";
import { moveFocus } from "../../../components/move-focus.ts";
import { showUndo } from "../../../components/show-undo.tsx";
import type { FormState } from "./form-state.ts";
import styles from "./prompt.module.css";
import { TemplateDialog } from "./template-dialog.tsx";
import { usePromptHistory } from "./use-prompt-history.ts";
import type { PromptLibrary } from "./use-prompt-library.ts";
import { WildcardDialog } from "./wildcard-dialog.tsx";

type Words = Pick<FormState, "prompt" | "negativePrompt">;

interface PromptToolsProps {
  readonly form: FormState;
  readonly library: PromptLibrary;
  readonly onChange: (change: Partial<FormState>) => void;
}

/** What stands beside the prompt's label: earlier prompts, and those that were kept by name. */
export function PromptTools({ form, library, onChange }: PromptToolsProps) {
  const [naming, name] = useDisclosure(false);
  const [editing, edit] = useDisclosure(false);
  /** What was typed gives way, and can be had back. */
  const replace = (words: Words) => {
    const before: Words = { prompt: form.prompt, negativePrompt: form.negativePrompt };
    onChange(words);
    const isChanged = before.prompt !== words.prompt || before.negativePrompt !== words.negativePrompt;
    const isLost = isChanged && `${before.prompt}${before.negativePrompt}`.trim() !== "";
    if (isLost) showUndo({ id: "prompt", title: "Prompt replaced", undo: () => onChange(before) });
  };
  return (
    <span className={styles["tools"]}>
      <History onChoose={replace} />
      <Menu position="bottom-start" width={260}>
        <Tooltip label="Templates and wildcards">
          <Menu.Target>
            <ActionIcon size={24} aria-label="Templates and wildcards">
              <IconBookmark size={15} stroke={1.7} />
            </ActionIcon>
          </Menu.Target>
        </Tooltip>
        <Menu.Dropdown>
          {library.templates.length > 0 && <Menu.Label>Use a template</Menu.Label>}
          {library.templates.map(({ id, name: title, prompt, negativePrompt }) => (
            <Menu.Item key={id} onClick={() => replace({ prompt, negativePrompt })}>
              {title}
            </Menu.Item>
          ))}
          {library.templates.length > 0 && <Menu.Divider />}
          <Menu.Item onClick={name.open}>Templates…</Menu.Item>
          <Menu.Item onClick={edit.open}>Wildcards…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <TemplateDialog opened={naming} onClose={name.close} form={form} library={library} />
      <WildcardDialog opened={editing} onClose={edit.close} library={library} />
    </span>
  );
}

function History({ onChoose }: { onChoose: (words: Words) => void }) {
  const [opened, setOpened] = useState(false);
  const [words, setWords] = useState("");
  const prompts = usePromptHistory(words, opened);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={340} trapFocus>
      <Popover.Target>
        <Tooltip label="Earlier prompts" disabled={opened}>
          <ActionIcon size={24} aria-label="Earlier prompts" onClick={() => setOpened((before) => !before)}>
            <IconHistory size={15} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown
        p={8}
        aria-label="Earlier prompts"
        onKeyDown={(event) =>
          moveFocus(event, { among: "input, button", back: "ArrowUp", forth: "ArrowDown" })
        }
      >
        <TextInput
          aria-label="Find among earlier prompts"
          placeholder="Find"
          data-autofocus
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <div className={styles["list"]}>
          {prompts.map(({ prompt, negativePrompt }) => (
            <UnstyledButton
              key={`${prompt}\n${negativePrompt}`}
              className={styles["item"]}
              onClick={() => {
                onChoose({ prompt, negativePrompt });
                setOpened(false);
              }}
            >
              {prompt}
              {negativePrompt !== "" && <small>Not: {negativePrompt}</small>}
            </UnstyledButton>
          ))}
          {prompts.length === 0 && (
            <p className={styles["none"]}>
              {words === "" ? "No jobs yet." : "No earlier prompt has these words."}
            </p>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
