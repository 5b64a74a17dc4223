import { Button } from "@mantine/core";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { EmptyState } from "../components/empty-state.tsx";

/** A room that could not be drawn; the shell and the other rooms go on. */
export function RoomError({ error, reset }: ErrorComponentProps) {
  return (
    <EmptyState
      title="This room could not be shown"
      text={`Nothing was lost: your work is kept apart from what draws it. ${error instanceof Error ? error.message : ""}`}
      action={
        <>
          <Button variant="filled" onClick={reset}>
            Try again
          </Button>
          <Button onClick={() => window.location.reload()}>Reload the page</Button>
        </>
      }
    />
  );
}
