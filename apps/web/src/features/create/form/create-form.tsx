import { Button, NumberInput, SegmentedControl, Textarea } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useRef, useState } from "react";
import { useCatalogue } from "../../../api/use-catalogue.ts";
import { useSyncStatus } from "../../../sync/use-sync-status.ts";
import styles from "./create-form.module.css";
import { choicesFor, chosen, type FormKind, type FormState, withChoice } from "./form-state.ts";
import { ModelField } from "./model-field.tsx";
import { randomSeed } from "./random-seed.ts";
import { SeedField } from "./seed-field.tsx";
import { SizeField } from "./size-field.tsx";
import { SliderField } from "./slider-field.tsx";
import { useCreateJob } from "./use-create-job.ts";

interface CreateFormProps {
  readonly form: FormState;
  readonly onChange: (change: Partial<FormState>) => void;
  /** Called after a job was asked for. */
  readonly onGenerated?: () => void;
}

const KINDS = [
  { value: "image", label: "Image" },
  { value: "sprite", label: "Sprite" },
] as const;

export function CreateForm({ form, onChange, onGenerated }: CreateFormProps) {
  const catalogue = useCatalogue();
  const status = useSyncStatus();
  const createJob = useCreateJob();
  const prompt = useRef<HTMLTextAreaElement>(null);
  const [missing, setMissing] = useState(false);
  const choices = choicesFor(catalogue, form.kind);
  const choice = chosen(choices, form);
  const ranges = choice?.model.ranges ?? {};
  const away = status.state === "on-device";

  const generate = () => {
    if (choice === undefined) return;
    if (form.prompt.trim() === "") {
      setMissing(true);
      prompt.current?.focus();
      return;
    }
    createJob(form, choice);
    if (!form.seedLocked) onChange({ seed: randomSeed() });
    onGenerated?.();
  };
  useHotkeys([["mod+Enter", generate]], []);
  const changeKind = (kind: FormKind) => {
    const first = choicesFor(catalogue, kind)[0];
    if (first !== undefined) onChange(withChoice(form, first));
  };

  return (
    <form
      className={styles["form"]}
      aria-label="New pictures"
      onSubmit={(event) => {
        event.preventDefault();
        generate();
      }}
    >
      <div className={styles["fields"]}>
        <SegmentedControl
          aria-label="Kind"
          fullWidth
          data={KINDS.map((kind) => ({
            ...kind,
            disabled: choicesFor(catalogue, kind.value).length === 0,
          }))}
          value={form.kind}
          onChange={(value) => changeKind(value === "sprite" ? "sprite" : "image")}
        />
        <ModelField choices={choices} choice={choice} onChange={(next) => onChange(withChoice(form, next))} />
        <Textarea
          ref={prompt}
          label="Prompt"
          autosize
          minRows={4}
          maxRows={14}
          maxLength={20_000}
          value={form.prompt}
          error={missing && form.prompt.trim() === "" ? "Write what the picture should show." : undefined}
          onChange={(event) => onChange({ prompt: event.currentTarget.value })}
        />
        <Textarea
          label="Negative prompt"
          placeholder="What it should not show"
          autosize
          minRows={1}
          maxRows={6}
          maxLength={20_000}
          value={form.negativePrompt}
          onChange={(event) => onChange({ negativePrompt: event.currentTarget.value })}
        />
        <div className={styles["pair"]}>
          {ranges.width !== undefined && ranges.height !== undefined && (
            <SizeField
              kind={form.kind}
              width={form.width}
              height={form.height}
              widthRange={ranges.width}
              heightRange={ranges.height}
              onChange={onChange}
            />
          )}
          {ranges.count !== undefined && (
            <NumberInput
              label="Pictures"
              min={ranges.count.min}
              max={ranges.count.max}
              clampBehavior="strict"
              allowDecimal={false}
              value={form.count}
              onChange={(value) => typeof value === "number" && onChange({ count: value })}
            />
          )}
        </div>
        {ranges.steps !== undefined && (
          <SliderField
            label="Steps"
            range={ranges.steps}
            value={form.steps}
            onChange={(steps) => onChange({ steps })}
          />
        )}
        {ranges.guidance !== undefined && (
          <SliderField
            label="Guidance"
            range={ranges.guidance}
            value={form.guidance}
            onChange={(guidance) => onChange({ guidance })}
          />
        )}
        {choice?.model.takesSeed === true && (
          <SeedField seed={form.seed} locked={form.seedLocked} onChange={onChange} />
        )}
      </div>
      <div className={styles["foot"]}>
        {away && <p>The server is away. New work is kept here and runs when it is back.</p>}
        <Button type="submit" variant="filled" fullWidth h={42} fz={14.5} disabled={choice === undefined}>
          Generate {ranges.count === undefined ? "" : `${form.count} `}
          {choice?.provider.paid === true ? "" : "· free"}
        </Button>
      </div>
    </form>
  );
}
