import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useState } from "react";

interface BoardNameDialogProps {
  readonly title: string;
  readonly initial: string;
  readonly action: string;
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}

/** Asks what a board is called. */
export function BoardNameDialog({ title, initial, action, onName, onClose }: BoardNameDialogProps) {
  const [name, setName] = useState(initial);
  const given = name.trim();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={360}
      centered
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (given === "") return;
          onName(given);
          onClose();
        }}
      >
        <TextInput
          label="Name"
          value={name}
          maxLength={200}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt={16} gap={8}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" disabled={given === ""}>
            {action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
