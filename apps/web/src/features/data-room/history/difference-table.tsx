import { fieldWords } from "../../../domain/field-words.ts";
import { valueWords } from "../../../domain/value-words.ts";
import styles from "./history.module.css";
import type { FieldDifference } from "./versions.ts";

const SIDES = ["before", "after"] as const;

interface DifferenceTableProps {
  readonly fields: readonly FieldDifference[];
  /** What the two sides are called; said on the screen too where they are given. */
  readonly names?: readonly [before: string, after: string];
}

/** Two versions, field by field. */
export function DifferenceTable({ fields, names }: DifferenceTableProps) {
  const [first, second] = names ?? SIDES;
  const side = names === undefined ? "visually-hidden" : styles["side"];
  if (fields.length === 0) return <p>They are the same.</p>;
  return (
    <dl className={styles["difference"]}>
      {fields.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{fieldWords(field)}</dt>
          <dd data-side="before">
            <span className={side}>{first}</span>
            <del>{valueWords(before)}</del>
          </dd>
          <dd data-side="after">
            <span className={side}>{second}</span>
            <ins>{valueWords(after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
