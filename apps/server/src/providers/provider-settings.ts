import type { ProviderSetting } from "@safelight/providers";
import type { StudioSecrets } from "./studio-secrets.ts";

/** Where a setting's value comes from. */
export type SettingSource = "settings" | "environment" | "default" | "none";

/** A setting as it may be shown: a secret's value is not in it. */
export interface ShownSetting extends ProviderSetting {
  readonly isSet: boolean;
  readonly source: SettingSource;
  /** Of a setting that is no secret. */
  readonly value?: string;
  /** Last characters of a secret that is long enough to show some. */
  readonly hint?: string;
}

const HINT_CHARACTERS = 4;
/** A secret shorter than this shows nothing of itself. */
const MIN_HINTED = 16;

export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting's value now: what the settings page holds, else the environment, else its default. */
export function valueOf(
  setting: ProviderSetting,
  given: Readonly<Record<string, string>>,
  env: Environment,
): { readonly value: string | undefined; readonly source: SettingSource } {
  const own = given[setting.name];
  if (own !== undefined && own !== "") return { value: own, source: "settings" };
  const outer = env[setting.env];
  if (outer !== undefined && outer !== "") return { value: outer, source: "environment" };
  if (setting.default !== undefined) return { value: setting.default, source: "default" };
  return { value: undefined, source: "none" };
}

/** The values of a provider's settings by name. */
export function settingValues(
  providerId: string,
  settings: readonly ProviderSetting[],
  { secrets, env }: { readonly secrets: StudioSecrets; readonly env: Environment },
): Readonly<Record<string, string | undefined>> {
  const given = secrets.valuesOf(providerId);
  return Object.fromEntries(settings.map((setting) => [setting.name, valueOf(setting, given, env).value]));
}

/** What may be told of a setting to whoever may use the studio. */
export function showSetting(
  setting: ProviderSetting,
  given: Readonly<Record<string, string>>,
  env: Environment,
): ShownSetting {
  const { value, source } = valueOf(setting, given, env);
  const isSet = value !== undefined;
  if (!setting.isSecret) return { ...setting, isSet, source, ...(isSet && { value }) };
  const hint = isSet && value.length >= MIN_HINTED ? value.slice(-HINT_CHARACTERS) : undefined;
  return { ...setting, isSet, source, ...(hint !== undefined && { hint }) };
}

/** Labels of the settings that a provider needs and does not have. */
export function missingSettings(
  providerId: string,
  settings: readonly ProviderSetting[],
  context: { readonly secrets: StudioSecrets; readonly env: Environment },
): readonly string[] {
  const values = settingValues(providerId, settings, context);
  return settings
    .filter(({ name, isRequired }) => isRequired && values[name] === undefined)
    .map(({ label }) => label);
}
