import { MOST_DEVICE_NAME } from "@safelight/shared";
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { Section } from "../../components/page.tsx";
import { deviceName, nameDevice } from "../../sync/device-name.ts";
import styles from "./settings-room.module.css";

/** What this browser is called in the history and where two devices changed one thing. */
export function DeviceSection() {
  const [name, setName] = useState(deviceName);
  return (
    <Section title="This device">
      <div className={styles["device"]}>
        <TextInput
          label="Name"
          description="Stands beside what is changed here, on every device. Changes that were made before keep the name they have."
          maxLength={MOST_DEVICE_NAME}
          value={name}
          onChange={({ currentTarget }) => {
            setName(currentTarget.value);
            nameDevice(currentTarget.value);
          }}
          onBlur={() => setName(deviceName())}
        />
      </div>
    </Section>
  );
}
