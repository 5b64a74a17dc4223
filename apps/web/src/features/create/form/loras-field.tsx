import { type BlobRef, isJsonObject, type Json, type TrainedModel } from "@safelight/shared";
import { ActionIcon, Input, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { NumberRange } from "../../../api/param-field.ts";
import { useRecords } from "../../../sync/use-records.ts";
import { SliderField } from "./slider-field.tsx";
import styles from "./inputs.module.css";

interface LorasFieldProps {
  readonly label: string;
  readonly most: number;
  readonly scale: NumberRange;
  readonly value: Json | undefined;
  readonly onChange: (value: Json | undefined) => void;
}

interface Lora {
  readonly name: string;
  readonly scale: number;
  readonly rest: { readonly [key: string]: Json };
}

/** Trained models that act on the picture, each with its strength. An address of one elsewhere can be typed. */
export function LorasField({ label, most, scale, value, onChange }: LorasFieldProps) {
  const models = useRecords("models");
  const loras = lorasOf(value);
  const usable = models.filter(
    (model): model is typeof model & { lora: BlobRef } => model.lora !== undefined,
  );
  const taken = new Set(loras.map(({ rest }) => rest["modelId"]));
  const set = (next: readonly Lora[]) =>
    onChange(
      next.length === 0
        ? undefined
        : next.map(({ name, scale: strength, rest }) => ({ ...rest, name, scale: strength })),
    );
  const add = (modelId: string | null) => {
    const model = usable.find((each) => each.id === modelId);
    if (model === undefined) return;
    set([...loras, { name: model.modelName, scale: scale.initial, rest: restOf(model) }]);
  };
  return (
    <fieldset className={styles["group"]}>
      <Input.Label component="legend">{label}</Input.Label>
      <div className={styles["loras"]}>
        {loras.map((lora, index) => (
          <div key={keyOf(lora)} className={styles["lora"]}>
            <SliderField
              label={lora.name}
              range={scale}
              value={lora.scale}
              onChange={(next) =>
                set(loras.map((each, at) => (at === index ? { ...each, scale: next } : each)))
              }
            />
            <ActionIcon
              size={30}
              aria-label={`Without ${lora.name}`}
              onClick={() => set(loras.filter((_, at) => at !== index))}
            >
              <IconX size={16} stroke={1.7} />
            </ActionIcon>
          </div>
        ))}
        {loras.length < most && (
          <Select
            aria-label={`Add to ${label}`}
            placeholder={usable.length === 0 ? "No trained models yet" : "Add a LoRA"}
            disabled={usable.length === 0}
            searchable
            data={usable
              .filter((model) => !taken.has(model.id))
              .map((model) => ({ value: model.id, label: model.modelName }))}
            value={null}
            onChange={add}
          />
        )}
      </div>
    </fieldset>
  );
}

function restOf(model: TrainedModel & { lora: BlobRef }): Lora["rest"] {
  return { modelId: model.id, blob: { ...model.lora } };
}

function lorasOf(value: Json | undefined): readonly Lora[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item): Lora[] => {
    if (!isJsonObject(item)) return [];
    const { name, scale, ...rest } = item;
    return [
      {
        name: typeof name === "string" ? name : "LoRA",
        scale: typeof scale === "number" ? scale : 1,
        rest,
      },
    ];
  });
}

/** What tells one LoRA from another. */
function keyOf({ name, rest }: Lora): string {
  const { modelId, url } = rest;
  if (typeof modelId === "string") return modelId;
  return typeof url === "string" ? url : name;
}
