import { Button, SegmentedControl, Textarea } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { memo, useDeferredValue, useRef, useState } from "react";
import { useCatalogue } from "../../../api/use-catalogue.ts";
import { useWindowKeys } from "../../../components/use-window-keys.ts";
import { formatUsd } from "../../../domain/format.ts";
import { useLink } from "../../../sync/use-link.ts";
import { useSyncStatus } from "../../../sync/use-sync-status.ts";
import styles from "./create-form.module.css";
import { type Estimate, generateWords, UNKNOWN_PRICE } from "./estimate.ts";
import {
  choicesFor,
  chosen,
  type Choice,
  type FormKind,
  type FormState,
  missingField,
  valueOf,
  withChoice,
} from "./form-state.ts";
import { readAxes } from "./grid-axes.ts";
import { GridField } from "./grid-field.tsx";
import { MissingListsHint } from "./missing-lists-hint.tsx";
import { ModelField } from "./model-field.tsx";
import { ParamFields } from "./param-fields.tsx";
import promptStyles from "./prompt.module.css";
import { PromptTools } from "./prompt-tools.tsx";
import { randomSeed } from "./random-seed.ts";
import { batchOf, useCreateJob } from "./use-create-job.ts";
import { useEstimate } from "./use-estimate.ts";
import { usePromptLibrary } from "./use-prompt-library.ts";

interface CreateFormProps {
  readonly form: FormState;
  readonly onChange: (change: Partial<FormState>) => void;
  /** Called after a job was asked for. */
  readonly onGenerated?: () => void;
}

const KINDS = [
  { value: "image", label: "Image" },
  { value: "sprite", label: "Sprite" },
  { value: "video", label: "Video" },
] as const;

/**
 * Drawn anew for its own sake alone: whatever is looked for beside it must not wait for its fields. When the room is entered they
 * come after the pictures, which take less time than they do.
 */
export const CreateForm = memo(function CreateForm(props: CreateFormProps) {
  const isDue = useDeferredValue(true, false);
  return isDue ? <Fields {...props} /> : <div className={styles["form"]} aria-busy="true" />;
});

function Fields({ form, onChange, onGenerated }: CreateFormProps) {
  const catalogue = useCatalogue();
  const status = useSyncStatus();
  const createJob = useCreateJob();
  const library = usePromptLibrary();
  const whole = useRef<HTMLFormElement>(null);
  const prompt = useRef<HTMLTextAreaElement>(null);
  const [tried, setTried] = useState(false);
  const choices = choicesFor(catalogue, form.kind);
  const choice = chosen(choices, form);
  const missing = choice === undefined ? undefined : missingField(form, choice.model);
  const grid = choice === undefined ? undefined : readAxes(form.axes, form.times, choice.model);
  const isReady = form.prompt.trim() !== "" && missing === undefined && grid?.ok === true;
  const isPaid = choice?.provider.paid === true;
  const asked = useEstimate(isReady && isPaid ? batchOf(form, choice) : undefined);
  const link = useLink();
  // What waits already is told by the status; what is asked for now waits too.
  const isAway = link === "offline" || link === "server" || status.state === "on-device";
  // Nobody is there to be asked.
  const estimate = isAway && asked?.isSettled !== true ? UNKNOWN_PRICE : asked;

  const generate = () => {
    if (choice === undefined) return;
    if (!isReady) {
      setTried(true);
      if (form.prompt.trim() === "") prompt.current?.focus();
      return;
    }
    createJob(form, choice, library.wildcards);
    setTried(false);
    if (!form.seedLocked) onChange({ seed: randomSeed() });
    onGenerated?.();
  };
  useWindowKeys(
    ({ key, shiftKey, repeat }) => {
      if (key !== "Enter" || shiftKey) return false;
      // A key that is held asks once.
      if (!repeat) generate();
      return true;
    },
    { command: true, inFields: true, about: whole },
  );
  const changeKind = (kind: FormKind) => {
    const first = choicesFor(catalogue, kind)[0];
    if (first !== undefined) onChange(withChoice(form, first));
  };

  return (
    <form
      ref={whole}
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
          onChange={(value) => changeKind(KINDS.find((kind) => kind.value === value)?.value ?? "image")}
        />
        <ModelField choices={choices} choice={choice} onChange={(next) => onChange(withChoice(form, next))} />
        <div className={promptStyles["field"]}>
          <Textarea
            ref={prompt}
            label="Prompt"
            autosize
            minRows={4}
            maxRows={14}
            maxLength={20_000}
            value={form.prompt}
            error={tried && form.prompt.trim() === "" ? "Write what the picture should show." : undefined}
            onChange={(event) => onChange({ prompt: event.currentTarget.value })}
          />
          <PromptTools form={form} library={library} onChange={onChange} />
          <MissingListsHint prompt={form.prompt} wildcards={library.wildcards} />
        </div>
        {choice?.model.takesNegativePrompt !== false && (
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
        )}
        {choice !== undefined && (
          <>
            <ParamFields
              form={form}
              fields={choice.model.fields}
              missing={tried ? missing?.name : undefined}
              onChange={onChange}
            />
            <GridField form={form} model={choice.model} onChange={onChange} />
          </>
        )}
      </div>
      <div className={styles["foot"]}>
        {isAway && <p>The server is away. New work is kept here and runs when it is back.</p>}
        {choice !== undefined && choice.provider.missing.length > 0 && (
          <p>
            {choice.provider.name} still needs: {choice.provider.missing.join(", ")}.{" "}
            <Link to="/settings">Open the settings</Link>
          </p>
        )}
        {estimate?.refusal !== undefined && <p role="alert">{estimate.refusal}</p>}
        <Button
          type="submit"
          variant="filled"
          fullWidth
          h={42}
          fz={14.5}
          disabled={choice === undefined || grid?.ok === false}
        >
          {buttonWords(form, choice, grid?.ok === true ? grid.jobs : 1, estimate)}
        </Button>
      </div>
    </form>
  );
}

/** How many pictures come of it all, and what they cost. */
function buttonWords(
  form: FormState,
  choice: Choice | undefined,
  jobs: number,
  estimate: Estimate | undefined,
): string {
  const count = choice?.model.fields.find(({ name }) => name === "count");
  const each = count === undefined ? 1 : Number(valueOf(form, count));
  const isPaid = choice?.provider.paid === true;
  return generateWords(
    { pictures: each * jobs, isCounted: count !== undefined, isPaid, estimate },
    formatUsd,
  );
}
