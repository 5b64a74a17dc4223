import { Button } from "@mantine/core";
import { Dot } from "../../components/dot.tsx";
import styles from "./data.module.css";

/** What a part of the room says when the server gave no answer. */
export function AskAgain({ words, onAsk }: { words: string; onAsk: () => void }) {
  return (
    <div className={styles["health"]} role="alert">
      <p>
        <Dot tone="info" /> {words}
      </p>
      <Button size="xs" onClick={onAsk}>
        Ask again
      </Button>
    </div>
  );
}
