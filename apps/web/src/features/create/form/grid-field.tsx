import { ActionIcon, Button, NumberInput, Select, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import type { CatalogueModel } from "../../../api/catalogue.ts";
import { Fold } from "./fold.tsx";
import type { FormAxis, FormState } from "./form-state.ts";
import styles from "./grid.module.css";
import { exampleValues, readAxes, variableFields } from "./grid-axes.ts";

interface GridFieldProps {
  readonly form: FormState;
  readonly model: CatalogueModel;
  readonly onChange: (change: Partial<FormState>) => void;
}

const MAX_AXES = 3;
/** What people vary most: offered first. */
const LIKELY: ReadonlySet<string> = new Set(["steps", "guidance", "strength"]);

/** Many jobs at once: the same a number of times, and a grid of values of up to three parameters. */
export function GridField({ form, model, onChange }: GridFieldProps) {
  const fields = variableFields(model);
  const read = readAxes(form.axes, form.times, model);
  const used = new Set(form.axes.map(({ field }) => field));
  const free =
    fields.find(({ name }) => LIKELY.has(name) && !used.has(name)) ??
    fields.find(({ name }) => !used.has(name));
  const setAxis = (index: number, change: Partial<FormAxis>) =>
    onChange({ axes: form.axes.map((axis, at) => (at === index ? { ...axis, ...change } : axis)) });
  return (
    <Fold title="Batch and grid" isUsed={form.times > 1 || form.axes.length > 0}>
      <fieldset className={styles["grid"]} aria-label="Batch and grid">
        <NumberInput
          label="Repeat"
          title="The same as so many jobs; a seed counts up"
          min={1}
          max={100}
          clampBehavior="strict"
          allowDecimal={false}
          value={form.times}
          onChange={(times) => typeof times === "number" && onChange({ times })}
        />
        {form.axes.map((axis, index) => {
          const varied = fields.find(({ name }) => name === axis.field);
          return (
            <div key={axis.field} className={styles["axis"]}>
              <Select
                aria-label="Vary"
                data={fields
                  .filter(({ name }) => name === axis.field || !used.has(name))
                  .map(({ name, title }) => ({ value: name, label: title }))}
                value={axis.field}
                onChange={(field) => field !== null && setAxis(index, { field, values: "" })}
              />
              <TextInput
                aria-label={`Values of ${varied?.title ?? axis.field}`}
                placeholder={varied === undefined ? "" : exampleValues(varied)}
                value={axis.values}
                error={!read.ok && read.field === axis.field ? read.message : undefined}
                onChange={(event) => setAxis(index, { values: event.currentTarget.value })}
              />
              <ActionIcon
                size={34}
                aria-label={`Do not vary ${axis.field}`}
                onClick={() => onChange({ axes: form.axes.filter((_, at) => at !== index) })}
              >
                <IconX size={16} stroke={1.7} />
              </ActionIcon>
            </div>
          );
        })}
        {form.axes.length < MAX_AXES && free !== undefined && (
          <Button
            variant="subtle"
            size="xs"
            justify="flex-start"
            leftSection={<IconPlus size={15} />}
            onClick={() => onChange({ axes: [...form.axes, { field: free.name, values: "" }] })}
          >
            Vary a setting
          </Button>
        )}
      </fieldset>
    </Fold>
  );
}
