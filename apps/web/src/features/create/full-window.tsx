import { ActionIcon, Modal, Tooltip } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactNode, RefObject } from "react";
import { useEscape } from "../../components/use-escape.ts";
import { useReturnFocus } from "../../components/use-return-focus.ts";
import styles from "./full-window.module.css";
import { focusLibrary } from "./library/focus-library.ts";

interface FullWindowProps {
  readonly label: string;
  /** An element in it: Escape closes it while nothing lies over that. */
  readonly about: RefObject<Element | null>;
  /** How what is in it is laid out. */
  readonly className: string | undefined;
  readonly closeClassName?: string | undefined;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog over the whole window; the library has the focus again when it closes. */
export function FullWindow(props: FullWindowProps) {
  const { label, about, className = "", closeClassName = "", onClose, children } = props;
  useReturnFocus(focusLibrary);
  useEscape(about, onClose);
  return (
    <Modal.Root
      opened
      onClose={onClose}
      closeOnEscape={false}
      fullScreen
      padding={0}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Content className={styles["content"] ?? ""} aria-label={label} radius={0}>
        <Modal.Body className={className}>
          {children}
          <Tooltip label="Close (Esc)">
            <ActionIcon
              className={`${styles["close"] ?? ""} ${closeClassName}`}
              size={36}
              aria-label="Close"
              onClick={onClose}
            >
              <IconX size={20} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
