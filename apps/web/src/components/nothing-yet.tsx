import type { ReactNode } from "react";
import { useLink } from "../sync/use-link.ts";
import { EmptyState } from "./empty-state.tsx";

interface NothingYetProps {
  /** What is said once it is known that there is nothing. */
  readonly title: string;
  readonly text: string;
  readonly action?: ReactNode;
}

/** A room with nothing in it: whether the studio has nothing, or this device has not heard of it yet. */
export function NothingYet(props: NothingYetProps) {
  const link = useLink();
  if (link === "connecting") {
    return <EmptyState title="Looking for what the studio has" text="It comes with the newest first." />;
  }
  if (link === "offline" || link === "server" || link === "signed-out") {
    const { action } = props;
    return (
      <EmptyState
        title="Nothing on this device yet"
        text="The server is out of reach. What the studio has comes when it is back; what you make meanwhile is kept here."
        {...(action === undefined ? {} : { action })}
      />
    );
  }
  return <EmptyState {...props} />;
}
