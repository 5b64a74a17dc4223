import { ActionIcon, NumberInput, Tooltip } from "@mantine/core";
import { IconArrowsShuffle, IconLock, IconLockOpen } from "@tabler/icons-react";
import styles from "./create-form.module.css";
import { MAX_SEED } from "../../../api/param-field.ts";
import type { FormState } from "./form-state.ts";
import { randomSeed } from "./random-seed.ts";

interface SeedFieldProps {
  readonly seed: number;
  readonly locked: boolean;
  readonly onChange: (change: Partial<FormState>) => void;
}

/** The seed, a new one at a click, and a lock that keeps it from job to job. */
export function SeedField({ seed, locked, onChange }: SeedFieldProps) {
  const lockWords = locked ? "Locked: every job takes this seed" : "Unlocked: each job takes a new seed";
  return (
    <NumberInput
      label="Seed"
      min={0}
      max={MAX_SEED}
      clampBehavior="strict"
      allowDecimal={false}
      allowNegative={false}
      hideControls
      value={seed}
      onChange={(value) => typeof value === "number" && onChange({ seed: value })}
      rightSectionWidth={70}
      rightSection={
        <div className={styles["sections"]}>
          <Tooltip label="New seed">
            <ActionIcon size={30} aria-label="New seed" onClick={() => onChange({ seed: randomSeed() })}>
              <IconArrowsShuffle size={16} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={lockWords}>
            <ActionIcon
              size={30}
              aria-label="Lock the seed"
              aria-pressed={locked}
              c={locked ? "var(--accent)" : "var(--muted)"}
              onClick={() => onChange({ seedLocked: !locked })}
            >
              {locked ? <IconLock size={16} stroke={1.7} /> : <IconLockOpen size={16} stroke={1.7} />}
            </ActionIcon>
          </Tooltip>
        </div>
      }
    />
  );
}
