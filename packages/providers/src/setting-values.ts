import { ProviderError } from "./provider-error.ts";
import type { ProviderHost } from "./provider-host.ts";
import type { ProviderSetting } from "./provider.ts";

/** A provider's settings as they are at each call. */
export interface SettingValues {
  /** The value given, else the default; `undefined` when there is neither. */
  get(name: string): string | undefined;
  /** Throws `provider.not-configured` when there is none. */
  need(name: string): string;
  /** An address, without a slash at its end. Throws `provider.not-configured` for what is none. */
  url(name: string): string;
  /** Values of everything that is secret. */
  readonly secrets: () => readonly string[];
}

export function createSettingValues(
  provider: string,
  definitions: readonly ProviderSetting[],
  host: Pick<ProviderHost, "settings">,
): SettingValues {
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));

  function get(name: string): string | undefined {
    const value = host.settings()[name]?.trim();
    return value === undefined || value === "" ? byName.get(name)?.default : value;
  }

  function need(name: string): string {
    const value = get(name);
    if (value !== undefined) return value;
    const label = byName.get(name)?.label ?? name;
    throw new ProviderError("provider.not-configured", `${provider}: ${label} is missing in the settings.`);
  }

  return {
    get,
    need,
    url(name) {
      const value = need(name);
      if (/^https?:$/.test(URL.parse(value)?.protocol ?? "")) return value.replace(/\/+$/, "");
      const label = byName.get(name)?.label ?? name;
      throw new ProviderError("provider.not-configured", `${provider}: ${label} is no http address.`);
    },
    secrets: () =>
      definitions.flatMap(({ name, isSecret }) => {
        const value = isSecret ? get(name) : undefined;
        return value === undefined ? [] : [value];
      }),
  };
}
