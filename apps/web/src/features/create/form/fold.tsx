import { Collapse, UnstyledButton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useId, useRef, useState } from "react";
import styles from "./create-form.module.css";

interface FoldProps {
  readonly title: string;
  /** Unfolded from the start, because something in it is in use. */
  readonly isUsed?: boolean;
  readonly children: ReactNode;
}

/** A part of the form that most people leave alone. */
export function Fold({ title, isUsed = false, children }: FoldProps) {
  const [isOpen, setOpen] = useState(isUsed);
  const id = useId();
  const whole = useRef<HTMLDivElement>(null);
  // What was unfolded at the end of the form is mostly below what is seen of it.
  const show = () => {
    if (isOpen) whole.current?.scrollIntoView({ block: "nearest" });
  };
  return (
    <div ref={whole} className={styles["part"]}>
      <UnstyledButton
        className={styles["fold"]}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <IconChevronRight size={15} stroke={1.8} aria-hidden="true" data-opened={isOpen || undefined} />
        {title}
      </UnstyledButton>
      <Collapse expanded={isOpen} id={id} onTransitionEnd={show}>
        <div className={styles["more"]}>{children}</div>
      </Collapse>
    </div>
  );
}
