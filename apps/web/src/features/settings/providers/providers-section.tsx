import { Button } from "@mantine/core";
import { useState } from "react";
import { Dot } from "../../../components/dot.tsx";
import { Nothing, Section } from "../../../components/page.tsx";
import { ProviderForm } from "./provider-form.tsx";
import type { ProviderSettings } from "./provider-settings.ts";
import styles from "./providers.module.css";
import { useProviderSettings } from "./use-provider-settings.ts";

/** Keys and addresses, one provider a row. */
export function ProvidersSection() {
  const { data, isError, error, refetch } = useProviderSettings();
  return (
    <Section id="providers" title="Providers" aside="Keys stay on the server, in a file of their own">
      {isError && (
        <div className={styles["problem"]} role="alert">
          <p>{error.message}</p>
          <Button size="xs" onClick={() => void refetch()}>
            Ask again
          </Button>
        </div>
      )}
      {data === undefined && !isError && <Nothing>Asking the server…</Nothing>}
      {data !== undefined && (
        <ul className={styles["list"]} aria-label="Providers">
          {data.map((provider) => (
            <ProviderRow key={provider.id} provider={provider} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function ProviderRow({ provider }: { provider: ProviderSettings }) {
  const [isOpen, setIsOpen] = useState(false);
  const { id, name, settings } = provider;
  const panelId = `provider-${id}`;
  if (settings.length === 0) {
    return (
      <li className={styles["row"]}>
        <span className={styles["name"]}>{name}</span>
        <State provider={provider} />
      </li>
    );
  }
  return (
    <li>
      <button
        type="button"
        className={styles["row"]}
        aria-expanded={isOpen}
        aria-controls={panelId}
        onClick={() => setIsOpen(!isOpen)}
      >
        <span className={styles["name"]}>{name}</span>
        <State provider={provider} />
        <span className={styles["chevron"]} data-open={isOpen} aria-hidden="true" />
      </button>
      {isOpen && (
        <div id={panelId} className={styles["panel"]}>
          <ProviderForm provider={provider} />
        </div>
      )}
    </li>
  );
}

function State({ provider: { settings, missing } }: { provider: ProviderSettings }) {
  const isGiven = settings.some(({ source }) => source === "settings" || source === "environment");
  const [tone, words] =
    settings.length === 0
      ? (["ok", "Always there, nothing to set"] as const)
      : missing.length > 0
        ? (["faint", `Needs ${missing.join(" and ")}`] as const)
        : isGiven
          ? (["ok", "Set up"] as const)
          : (["info", "At its usual address"] as const);
  return (
    <span className={styles["state"]}>
      <Dot tone={tone} /> {words}
    </span>
  );
}
