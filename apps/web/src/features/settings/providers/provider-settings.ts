import { isJsonObject } from "@safelight/shared";
import { shaped, shapedList } from "../../../api/shaped.ts";

/** A key, an address or a name that a provider is given. What is secret comes without its value. */
export interface ProviderSetting {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly env: string;
  readonly isSecret: boolean;
  readonly isRequired: boolean;
  readonly isSet: boolean;
  readonly source: string;
  readonly value: string;
  /** Last characters of a secret, where it is long enough to show some. */
  readonly hint: string;
}

export interface ProviderSettings {
  readonly id: string;
  readonly name: string;
  readonly settings: readonly ProviderSetting[];
  /** Labels of what is needed and not given. */
  readonly missing: readonly string[];
  readonly canTest: boolean;
}

export type ConnectionReport =
  | { readonly ok: true; readonly words: string }
  | { readonly ok: false; readonly words: string };

/** Reads `GET /api/settings/providers`. Throws `FetchError` when it is something else. */
export function parseAllSettings(answer: unknown): readonly ProviderSettings[] {
  return shapedList(shaped(answer, { providers: "list" }).providers, PROVIDER).map(parseSettings);
}

/** Reads the settings of one provider. Throws `FetchError` when they are something else. */
export function parseSettings(answer: unknown): ProviderSettings {
  const { id, name, canTest, missing, settings } = shaped(answer, PROVIDER);
  return {
    id,
    name,
    canTest,
    missing: missing.filter((label) => typeof label === "string"),
    settings: shapedList(settings, SETTING).map((setting) => {
      const { value, hint } = setting as Readonly<Record<string, unknown>>;
      return {
        ...setting,
        value: typeof value === "string" ? value : "",
        hint: typeof hint === "string" ? hint : "",
      };
    }),
  };
}

/** Reads the answer to a test of a connection, as words. */
export function parseReport(answer: unknown): ConnectionReport {
  if (isJsonObject(answer) && answer["ok"] === true) {
    const { detail } = shaped(answer, { detail: "string" });
    const { balanceUsd } = answer;
    const balance = typeof balanceUsd === "number" ? ` Balance: $${balanceUsd.toFixed(2)}.` : "";
    return { ok: true, words: `${detail}${balance}` };
  }
  return { ok: false, words: shaped(answer, { message: "string" }).message };
}

const PROVIDER = {
  id: "string",
  name: "string",
  canTest: "boolean",
  missing: "list",
  settings: "list",
} as const;

const SETTING = {
  name: "string",
  label: "string",
  description: "string",
  env: "string",
  isSecret: "boolean",
  isRequired: "boolean",
  isSet: "boolean",
  source: "string",
} as const;
