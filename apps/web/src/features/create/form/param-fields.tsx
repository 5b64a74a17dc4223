import type { Json } from "@safelight/shared";
import { NumberInput, Select, Switch, TextInput } from "@mantine/core";
import type { NumberField, ParamField } from "../../../api/param-field.ts";
import styles from "./create-form.module.css";
import { Fold } from "./fold.tsx";
import { type FormState, valueOf } from "./form-state.ts";
import { LorasField } from "./loras-field.tsx";
import { PictureField } from "./picture-field.tsx";
import { SeedField } from "./seed-field.tsx";
import { SizeField } from "./size-field.tsx";
import { SliderField } from "./slider-field.tsx";

interface ParamFieldsProps {
  readonly form: FormState;
  readonly fields: readonly ParamField[];
  readonly onChange: (change: Partial<FormState>) => void;
  /** The field that a job lacks, once somebody tried to make one. */
  readonly missing: string | undefined;
}

/** Shown at once; whatever else a model takes stands under “More settings”. */
const FIRST: ReadonlySet<string> = new Set([
  "aspectRatio",
  "size",
  "imageSize",
  "resolution",
  "duration",
  "steps",
  "guidance",
  "strength",
  "denoising",
]);
const SHORT: ReadonlySet<string> = new Set([
  "count",
  "aspectRatio",
  "size",
  "imageSize",
  "resolution",
  "duration",
]);

/** Every parameter of a model, drawn from its schema: what most people set first, the rest folded. */
export function ParamFields({ form, fields, onChange, missing }: ParamFieldsProps) {
  const setValue = (name: string, value: Json | undefined) => {
    const { [name]: _old, ...others } = form.values;
    onChange({ values: value === undefined ? others : { ...others, [name]: value } });
  };
  const width = numberField(fields, "width");
  const height = numberField(fields, "height");
  const hasSize = width !== undefined && height !== undefined;
  const rest = fields.filter(
    ({ name, type }) => !(hasSize && (name === "width" || name === "height")) && type !== "seed",
  );
  const isFirst = (field: ParamField) =>
    field.isRequired ||
    field.type === "picture" ||
    field.type === "loras" ||
    FIRST.has(field.name) ||
    field.name === missing;
  const short = rest.filter(({ name }) => SHORT.has(name));
  const first = rest.filter((field) => !SHORT.has(field.name) && isFirst(field));
  const more = rest.filter((field) => !SHORT.has(field.name) && !isFirst(field));
  const seed = fields.find((field) => field.type === "seed");
  const draw = (field: ParamField) => (
    <ParamInput
      key={field.name}
      field={field}
      form={form}
      onChange={setValue}
      error={field.name === missing ? "The model needs this." : undefined}
    />
  );
  return (
    <>
      {(hasSize || short.length > 0) && (
        <div className={styles["pair"]}>
          {hasSize && (
            <SizeField
              kind={form.kind}
              width={Number(valueOf(form, width))}
              height={Number(valueOf(form, height))}
              widthRange={width.range}
              heightRange={height.range}
              onChange={(size) => onChange({ values: { ...form.values, ...size } })}
            />
          )}
          {short.map(draw)}
        </div>
      )}
      {first.map(draw)}
      {seed?.type === "seed" && <SeedField seed={form.seed} locked={form.seedLocked} onChange={onChange} />}
      {more.length > 0 && <Fold title="More settings">{more.map(draw)}</Fold>}
    </>
  );
}

function numberField(fields: readonly ParamField[], name: string): NumberField | undefined {
  const field = fields.find((each) => each.name === name);
  return field?.type === "number" ? field : undefined;
}

interface ParamInputProps {
  readonly field: ParamField;
  readonly form: FormState;
  readonly onChange: (name: string, value: Json | undefined) => void;
  readonly error: string | undefined;
}

function ParamInput({ field, form, onChange, error }: ParamInputProps) {
  const { name, title, description } = field;
  const value = valueOf(form, field);
  const set = (next: Json | undefined) => onChange(name, next);
  const common = { label: title, error, ...(description === "" ? {} : { title: description }) };
  switch (field.type) {
    case "number":
      return isSlider(field) ? (
        <SliderField label={title} range={field.range} value={Number(value)} onChange={set} />
      ) : (
        <NumberInput
          {...common}
          min={field.range.min}
          max={field.range.max}
          step={field.range.step}
          clampBehavior={name === "count" ? "strict" : "blur"}
          allowDecimal={field.range.step % 1 !== 0}
          value={Number(value)}
          onChange={(next) => typeof next === "number" && set(next)}
        />
      );
    case "switch":
      return (
        <Switch
          label={title}
          {...(description === "" ? {} : { title: description })}
          checked={value === true}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      );
    case "choice":
      return (
        <Select
          {...common}
          data={[...field.values]}
          placeholder="As the provider likes"
          clearable={field.initial === undefined && !field.isRequired}
          value={typeof value === "string" ? value : null}
          onChange={(next) => set(next ?? undefined)}
        />
      );
    case "text":
      return (
        <TextInput
          {...common}
          {...(field.maxLength === undefined ? {} : { maxLength: field.maxLength })}
          placeholder={field.initial ?? "As the provider likes"}
          value={typeof form.values[name] === "string" ? form.values[name] : ""}
          onChange={(event) => set(event.currentTarget.value === "" ? undefined : event.currentTarget.value)}
        />
      );
    case "picture":
      return (
        <PictureField label={title} description={description} value={value} error={error} onChange={set} />
      );
    case "loras":
      return <LorasField label={title} most={field.most} scale={field.scale} value={value} onChange={set} />;
    case "seed":
      return null;
  }
}

function isSlider({ name, range }: NumberField): boolean {
  return name !== "count" && range.max - range.min <= 1000 * range.step;
}
