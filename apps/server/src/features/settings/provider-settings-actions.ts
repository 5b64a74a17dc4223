import { type ConnectionReport, type Provider, ProviderError } from "@safelight/providers";
import { ProblemError } from "../../problem-error.ts";
import {
  type Environment,
  missingSettings,
  type ShownSetting,
  showSetting,
} from "../../providers/provider-settings.ts";
import type { StudioSecrets } from "../../providers/studio-secrets.ts";

interface SettingsContext {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly secrets: StudioSecrets;
  readonly env: Environment;
  /** Looks again at jobs that wait for a setting. */
  readonly jobRunner: { reconsider(providerId: string): void };
}

export interface ShownProviderSettings {
  readonly id: string;
  readonly name: string;
  readonly settings: ShownSetting[];
  readonly missing: string[];
  readonly canTest: boolean;
}

/** How long a test may take, in milliseconds. */
const TEST_TIMEOUT_MS = 20_000;

/** Rejects with a 404 problem when there is no such provider. */
export function settingsOf(context: SettingsContext, id: string): ShownProviderSettings {
  const provider = providerOf(context, id);
  const { capabilities } = provider;
  const definitions = capabilities.settings ?? [];
  const given = context.secrets.valuesOf(id);
  return {
    id,
    name: capabilities.name,
    settings: definitions.map((setting) => showSetting(setting, given, context.env)),
    missing: [...missingSettings(id, definitions, context)],
    canTest: provider.testConnection !== undefined,
  };
}

/** Keeps values durably, then lets jobs go on that waited for them. Rejects with a 400 problem for an unknown name. */
export async function changeSettings(
  context: SettingsContext,
  id: string,
  values: Readonly<Record<string, string | null>>,
): Promise<ShownProviderSettings> {
  const { capabilities } = providerOf(context, id);
  const known = new Set((capabilities.settings ?? []).map(({ name }) => name));
  const errors = Object.entries(values).flatMap(([name, value]) => {
    const path = `/values/${name}`;
    if (!known.has(name)) return [{ path, message: `is no setting of ${capabilities.name}` }];
    // A value goes into a header or an address: a line break there would be somebody else's.
    return /^[^\p{Cc}]*$/u.test(value ?? "") ? [] : [{ path, message: "may not hold line breaks" }];
  });
  const [first] = errors;
  if (first !== undefined) {
    throw new ProblemError(400, "request.invalid", `${first.path} ${first.message}.`, { errors });
  }
  await context.secrets.change(id, trimmed(values));
  context.jobRunner.reconsider(id);
  return settingsOf(context, id);
}

/** Rejects with a 404 or 409 problem. */
export async function testSettings(context: SettingsContext, id: string): Promise<ConnectionReport> {
  const provider = providerOf(context, id);
  if (provider.testConnection === undefined) {
    throw new ProblemError(409, "provider.no-test", `${provider.capabilities.name} has nothing to test.`);
  }
  try {
    return await provider.testConnection(AbortSignal.timeout(TEST_TIMEOUT_MS));
  } catch (error) {
    if (error instanceof ProviderError) return { ok: false, code: error.code, message: error.message };
    return { ok: false, code: "provider.unavailable", message: "It did not answer in time." };
  }
}

function trimmed(values: Readonly<Record<string, string | null>>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value === null || value.trim() === "" ? null : value.trim(),
    ]),
  );
}

function providerOf({ providers }: SettingsContext, id: string): Provider {
  const provider = providers.get(id);
  if (provider === undefined)
    throw new ProblemError(404, "provider.unknown", `There is no provider "${id}".`);
  return provider;
}
