import { Popover, Select } from "@mantine/core";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { memo, useCallback, useMemo, useState } from "react";
import { distinctModelNames } from "../../../api/model-names.ts";
import { useCatalogue } from "../../../api/use-catalogue.ts";
import { useProviderName } from "../../../api/use-provider-name.ts";
import { formatCount } from "../../../domain/format.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { useRecords } from "../../../sync/use-records.ts";
import barStyles from "../library/library-bar.module.css";
import { type CreateSearch, parseCreateSearch, PICTURE_SIZES } from "../create-search.ts";
import { countFacets, type Facet } from "./count-facets.ts";
import { SIZE_WORDS, TYPE_WORDS } from "./filter-words.ts";
import { filterCount } from "./match-contents.ts";
import styles from "./search.module.css";

/** Filters beside the tabs and the words; the address keeps them. */
export function FilterMenu({ search }: { search: CreateSearch }) {
  const [opened, setOpened] = useState(false);
  const count = filterCount(search);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={320} trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={barStyles["tab"]}
          data-on={count > 0 || undefined}
          aria-expanded={opened}
          // Where there is little room the word is not shown.
          aria-label={count === 0 ? "Filter" : `Filter, ${count} set`}
          onClick={() => setOpened(!opened)}
        >
          <IconAdjustmentsHorizontal size={15} stroke={1.7} aria-hidden="true" />
          <span className={barStyles["wide"]}>Filter</span>
          {count > 0 && <span className={barStyles["count"]}>{count}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown p={14} aria-label="Filters">
        <FilterFields search={search} />
      </Popover.Dropdown>
    </Popover>
  );
}

function FilterFields({ search }: { search: CreateSearch }) {
  const client = useSyncClient();
  const navigate = useNavigate({ from: "/create" });
  const styleRecords = useRecords("styles");
  const catalogue = useCatalogue();
  const providerName = useProviderName();
  const facets = useMemo(() => {
    const { providers, models, tags } = countFacets(client.list("contents"));
    const modelName = distinctModelNames(
      catalogue,
      models.map(({ value }) => value),
    );
    return {
      providers: facetOptions(providers, providerName),
      models: facetOptions(models, modelName),
      tags,
    };
  }, [client, catalogue, providerName]);
  const styleOptions = useMemo(
    () => styleRecords.map(({ id, name }) => ({ value: id, label: name })),
    [styleRecords],
  );
  const tagOptions = useMemo(
    () => facetOptions(facets.tags.filter(({ value }) => search.tags?.includes(value) !== true)),
    [facets, search.tags],
  );
  const change = useCallback(
    (set: Readonly<Record<string, unknown>>) =>
      void navigate({ search: (current) => parseCreateSearch({ ...current, ...set }), replace: true }),
    [navigate],
  );
  const choose = useCallback(
    (field: ChoiceField, value: string | null) => change({ [field]: value ?? undefined }),
    [change],
  );
  const addTag = useCallback(
    (_field: ChoiceField, tag: string | null) => {
      if (tag === null) return;
      void navigate({
        search: (current) => parseCreateSearch({ ...current, tags: [...(current.tags ?? []), tag] }),
        replace: true,
      });
    },
    [navigate],
  );
  const field = (name: keyof CreateSearch & ChoiceField, label: string) => ({
    field: name,
    label,
    value: search[name] ?? null,
    onChoose: choose,
  });
  return (
    <div className={styles["fields"]}>
      <Choice {...field("type", "Type")} data={TYPE_OPTIONS} />
      <Choice {...field("provider", "Provider")} data={facets.providers} />
      <Choice {...field("model", "Model")} data={facets.models} />
      <Choice {...field("style", "Style")} data={styleOptions} />
      <Choice {...field("size", "Size")} data={SIZE_OPTIONS} />
      <Choice field="tag" label="Tag" value={null} onChoose={addTag} data={tagOptions} />
      <div className={styles["dates"]}>
        <DateField label="From" value={search.from} onChange={(from) => change({ from })} />
        <DateField label="To" value={search.to} onChange={(to) => change({ to })} />
      </div>
    </div>
  );
}

type ChoiceField = "type" | "provider" | "model" | "style" | "size" | "tag";

interface Option {
  readonly value: string;
  readonly label: string;
}

interface ChoiceProps {
  readonly field: ChoiceField;
  readonly label: string;
  readonly value: string | null;
  readonly data: readonly Option[];
  readonly onChoose: (field: ChoiceField, value: string | null) => void;
}

const TYPE_OPTIONS: readonly Option[] = [
  { value: "image", label: TYPE_WORDS.image },
  { value: "video", label: TYPE_WORDS.video },
];
const SIZE_OPTIONS: readonly Option[] = PICTURE_SIZES.map((value) => ({ value, label: SIZE_WORDS[value] }));

/** One that is not touched is not drawn again when another one is. */
const Choice = memo(function Choice({ field, label, value, data, onChoose }: ChoiceProps) {
  return (
    <Select
      label={label}
      placeholder="Any"
      value={value}
      data={[...data]}
      onChange={(chosen) => onChoose(field, chosen)}
      clearable
      allowDeselect
      searchable={data.length > 8}
      limit={60}
      size="sm"
      comboboxProps={{ withinPortal: false }}
      clearButtonProps={{ "aria-label": `Any ${label.toLowerCase()}` }}
    />
  );
});

function DateField(props: {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (day: string | undefined) => void;
}) {
  const { label, value, onChange } = props;
  return (
    <label className={styles["date"]}>
      <span>{label}</span>
      <input
        type="date"
        value={value ?? ""}
        onChange={(event) =>
          onChange(event.currentTarget.value === "" ? undefined : event.currentTarget.value)
        }
      />
    </label>
  );
}

function facetOptions(
  facets: readonly Facet[],
  nameOf: (value: string) => string = (value) => value,
): readonly Option[] {
  return facets.map(({ value, count }) => ({ value, label: `${nameOf(value)} · ${formatCount(count)}` }));
}
