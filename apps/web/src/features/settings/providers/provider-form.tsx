import { Button, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Dot } from "../../../components/dot.tsx";
import type { ProviderSetting, ProviderSettings } from "./provider-settings.ts";
import styles from "./providers.module.css";
import { useSaveSettings, useTestConnection } from "./use-provider-settings.ts";

/** Longer values than this are written over several lines: a workflow, a template. */
const ONE_LINE = 160;

/** What one provider is given. Only what was typed is sent: a secret that is left empty stays as it is. */
export function ProviderForm({ provider }: { provider: ProviderSettings }) {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const save = useSaveSettings(provider.id);
  const test = useTestConnection(provider.id);
  const changes = Object.entries(typed).filter(([name, text]) => {
    const setting = provider.settings.find((each) => each.name === name);
    return setting !== undefined && text.trim() !== (setting.isSecret ? "" : setting.value);
  });

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const values = Object.fromEntries(changes.map(([name, text]) => [name, text.trim() || null]));
    save.mutate(values, {
      onSuccess: () => {
        setTyped({});
        test.reset();
      },
    });
  };
  return (
    <form className={styles["form"]} onSubmit={onSubmit} aria-label={`Settings of ${provider.name}`}>
      {provider.settings.map((setting) => (
        <SettingField
          key={setting.name}
          setting={setting}
          text={typed[setting.name]}
          onType={(text) => setTyped({ ...typed, [setting.name]: text })}
          onTakeAway={() => save.mutate({ [setting.name]: null })}
        />
      ))}
      <div className={styles["actions"]}>
        <Button
          type="submit"
          size="xs"
          variant="filled"
          disabled={changes.length === 0}
          loading={save.isPending}
        >
          Save
        </Button>
        {provider.canTest && (
          <Button
            size="xs"
            onClick={() => test.mutate()}
            loading={test.isPending}
            disabled={changes.length > 0}
          >
            Test connection
          </Button>
        )}
        <p className={styles["answer"]} aria-live="polite">
          {save.isError && save.error.message}
          {test.isError && test.error.message}
          {test.data !== undefined && (
            <>
              <Dot tone={test.data.ok ? "ok" : "bad"} /> {test.data.words}
            </>
          )}
        </p>
      </div>
    </form>
  );
}

interface SettingFieldProps {
  readonly setting: ProviderSetting;
  readonly text: string | undefined;
  readonly onType: (text: string) => void;
  readonly onTakeAway: () => void;
}

function SettingField({ setting, text, onType, onTakeAway }: SettingFieldProps) {
  const { label, description, env, isSecret, isRequired, source, hint, value } = setting;
  const common = {
    // A key is no login of this page: nothing is to be filled in or kept by the browser.
    label: isRequired ? label : `${label} (optional)`,
    description,
    autoComplete: "new-password",
    spellCheck: false,
  };
  return (
    <div className={styles["field"]}>
      {isSecret ? (
        <TextInput
          {...common}
          type="password"
          placeholder={secretWords(source, hint, env)}
          value={text ?? ""}
          onChange={(event) => onType(event.currentTarget.value)}
        />
      ) : value.length > ONE_LINE ? (
        <Textarea
          {...common}
          autosize
          minRows={3}
          maxRows={10}
          value={text ?? value}
          onChange={(event) => onType(event.currentTarget.value)}
        />
      ) : (
        <TextInput
          {...common}
          placeholder={`or ${env} in the environment`}
          value={text ?? value}
          onChange={(event) => onType(event.currentTarget.value)}
        />
      )}
      {source === "settings" && (
        <Button size="compact-xs" variant="subtle" onClick={onTakeAway}>
          {isSecret ? "Forget it" : "Back to the default"}
        </Button>
      )}
      {source === "environment" && <span className={styles["source"]}>from {env}</span>}
    </div>
  );
}

function secretWords(source: string, hint: string, env: string): string {
  const end = hint === "" ? "" : `, ends in ${hint}`;
  if (source === "settings") return `Kept${end}. Type to replace it`;
  if (source === "environment") return `From the environment${end}. Type to use another`;
  return `or ${env} in the environment`;
}
