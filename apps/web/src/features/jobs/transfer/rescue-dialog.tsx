import { Button, Modal } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { sendJson } from "../../../api/send-json.ts";
import { shaped } from "../../../api/shaped.ts";
import { useCatalogue } from "../../../api/use-catalogue.ts";
import { counted } from "../../../domain/format.ts";
import { useServerAct } from "../detail/use-server-act.tsx";
import styles from "../dialogs.module.css";

/** Asks providers for runs that they have and the studio lacks. */
export function RescueDialog({ onClose }: { onClose: () => void }) {
  const providers = useCatalogue().filter(
    ({ id, canListRuns, missing }) => id !== "local" && canListRuns && missing.length === 0,
  );
  return (
    <Modal opened onClose={onClose} title="Rescue runs" centered>
      <p className={styles["words"]}>
        A provider may have runs that the studio does not know: their answer was lost, or they were started
        elsewhere. They become jobs here. Nothing is sent, and nothing costs anything.
      </p>
      {providers.length === 0 && (
        <p className={styles["words"]}>
          No provider is set up that could be asked. <Link to="/settings">Set one up</Link>
        </p>
      )}
      {providers.map(({ id, name }) => (
        <RescueRow key={id} id={id} name={name} />
      ))}
    </Modal>
  );
}

function RescueRow({ id, name }: { id: string; name: string }) {
  const [said, setSaid] = useState("");
  const { isBusy, act } = useServerAct(`${name} could not be asked`);
  const rescue = () =>
    void act(async () => {
      const answer = shaped(await sendJson(`/api/providers/${encodeURIComponent(id)}/rescue`), {
        found: "number",
        jobs: "list",
      });
      setSaid(
        answer.jobs.length === 0
          ? `${counted(answer.found, "run")} there, none that is missing here`
          : `${counted(answer.jobs.length, "run")} rescued`,
      );
    });
  return (
    <div className={styles["rescue"]}>
      <b>{name}</b>
      <output>{said}</output>
      <Button size="xs" loading={isBusy} onClick={rescue}>
        Ask {name}
      </Button>
    </div>
  );
}
