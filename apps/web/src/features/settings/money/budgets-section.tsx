import { Button, Checkbox, NumberInput, Select } from "@mantine/core";
import { type Budget } from "@safelight/shared";
import { type FormEvent, useState } from "react";
import { useCatalogue } from "../../../api/use-catalogue.ts";
import { useProviderName } from "../../../api/use-provider-name.ts";
import { Nothing, Section } from "../../../components/page.tsx";
import { ProgressBar } from "../../../components/progress-bar.tsx";
import { formatUsd } from "../../../domain/format.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { useDeleteRecord } from "../../../sync/use-delete-record.ts";
import { useRecords } from "../../../sync/use-records.ts";
import styles from "./money.module.css";
import { useBudgetUse } from "./use-spend.ts";

const PERIODS: readonly { readonly value: Budget["per"]; readonly label: string }[] = [
  { value: "day", label: "a day" },
  { value: "month", label: "a month" },
  { value: "total", label: "in all" },
];
const EVERYWHERE = "*";

/** Caps on what may be spent, and how much of each is used. */
export function BudgetsSection({ version }: { version: string }) {
  const budgets = useRecords("budgets");
  const used = useBudgetUse(
    budgets.map(({ id }) => id),
    version,
  );
  return (
    <Section id="budgets" title="Budgets" aside="Checked before anything is sent">
      {budgets.length === 0 && (
        <Nothing>No budget is set: nothing but your providers limits what is spent.</Nothing>
      )}
      {budgets.length > 0 && (
        <ul className={styles["budgets"]} aria-label="Budgets">
          {budgets.map((budget) => (
            <BudgetRow key={budget.id} budget={budget} spentUsd={used.get(budget.id)} />
          ))}
        </ul>
      )}
      <NewBudget />
    </Section>
  );
}

function BudgetRow({ budget, spentUsd }: { budget: Budget; spentUsd: number | undefined }) {
  const remove = useDeleteRecord();
  const nameOf = useProviderName();
  const period = PERIODS.find(({ value }) => value === budget.per)?.label ?? budget.per;
  const words = `${formatUsd(budget.usd)} ${period}${budget.provider === undefined ? "" : ` at ${nameOf(budget.provider)}`}`;
  const share = budget.usd === 0 ? 1 : Math.min(1, (spentUsd ?? 0) / budget.usd);
  return (
    <li>
      <span className={styles["cap"]}>{words}</span>
      <span className={styles["use"]}>
        <ProgressBar value={share} label={`Spent of ${words}`} />
        <span>
          {spentUsd === undefined ? "–" : `${formatUsd(spentUsd)} spent`}
          {budget.allowUnknown === true && " · unknown prices allowed"}
        </span>
      </span>
      <Button
        size="compact-xs"
        variant="subtle"
        aria-label={`Remove the budget of ${words}`}
        onClick={() => remove("budgets", budget.id, "Budget")}
      >
        Remove
      </Button>
    </li>
  );
}

function NewBudget() {
  const client = useSyncClient();
  const paid = useCatalogue().filter((provider) => provider.paid);
  const [usd, setUsd] = useState<string | number>("");
  const [per, setPer] = useState<Budget["per"]>("month");
  const [provider, setProvider] = useState(EVERYWHERE);
  const [allowUnknown, setAllowUnknown] = useState(false);
  const cap = typeof usd === "number" ? usd : Number.NaN;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    client.create("budgets", {
      usd: cap,
      per,
      ...(provider !== EVERYWHERE && { provider }),
      ...(allowUnknown && { allowUnknown }),
    });
    setUsd("");
  };
  return (
    <form className={styles["new"]} onSubmit={onSubmit} aria-label="New budget">
      <NumberInput
        label="At most"
        prefix="$"
        min={0}
        max={1_000_000}
        decimalScale={2}
        hideControls
        placeholder="$20"
        value={usd}
        onChange={setUsd}
      />
      <Select
        label="Period"
        data={[...PERIODS]}
        value={per}
        onChange={(value) => setPer(PERIODS.find((period) => period.value === value)?.value ?? "month")}
      />
      <Select
        label="Where"
        data={[
          { value: EVERYWHERE, label: "everywhere" },
          ...paid.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={provider}
        onChange={(value) => setProvider(value ?? EVERYWHERE)}
      />
      <Button type="submit" disabled={!Number.isFinite(cap)}>
        Add budget
      </Button>
      <Checkbox
        className={styles["allow"] ?? ""}
        size="xs"
        label="Let jobs through whose price nobody can tell beforehand"
        checked={allowUnknown}
        onChange={(event) => setAllowUnknown(event.currentTarget.checked)}
      />
    </form>
  );
}
