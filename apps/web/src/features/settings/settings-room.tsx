import { type MantineColorScheme, SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { Page, Section } from "../../components/page.tsx";
import { ShortcutList } from "../../components/shortcut-list.tsx";
import { DeviceSection } from "./device-section.tsx";
import { Money } from "./money/money.tsx";
import { ProvidersSection } from "./providers/providers-section.tsx";
import { StudioSection } from "./studio-section.tsx";
import styles from "./settings-room.module.css";

const THEMES: readonly { readonly value: MantineColorScheme; readonly label: string }[] = [
  { value: "dark", label: "Dark" },
  { value: "light", label: "Light" },
  { value: "auto", label: "As the system" },
];

export function SettingsRoom() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Page>
      <ProvidersSection />
      <Money />
      <Section title="Theme">
        <div className={styles["theme"]}>
          <SegmentedControl
            aria-label="Theme"
            fullWidth
            data={[...THEMES]}
            value={colorScheme}
            onChange={(value) =>
              setColorScheme(THEMES.find((theme) => theme.value === value)?.value ?? "auto")
            }
          />
        </div>
      </Section>
      <DeviceSection />
      <StudioSection />
      <Section title="Keyboard">
        <ShortcutList />
      </Section>
      <Section title="About">
        <div className={styles["about"]}>
          <p>
            Safelight is a self-hosted studio for generative work in which nothing that was paid for, typed or
            arranged is ever lost. Every change is kept on this device at once and on the server&apos;s disk
            as soon as it can be reached.
          </p>
          <p>
            Scripts find the <a href="/docs">description of the API</a> at the server.
          </p>
        </div>
      </Section>
    </Page>
  );
}
