import type { Provider } from "@safelight/providers";
import { Job } from "@safelight/shared";
import { type Static, Type } from "@sinclair/typebox";
import { type Environment, missingSettings } from "../../providers/provider-settings.ts";
import type { StudioSecrets } from "../../providers/studio-secrets.ts";

export const ProviderList = Type.Object({
  providers: Type.Array(
    Type.Object(
      {
        id: Type.String(),
        name: Type.String(),
        models: Type.Array(
          Type.Object({
            id: Type.String(),
            name: Type.String(),
            kind: Job.properties.kind,
            params: Type.Unknown({ description: "JSON schema of a job's `params`" }),
            takesNegativePrompt: Type.Optional(
              Type.Boolean({ description: "false where a negative prompt is refused" }),
            ),
          }),
        ),
        paid: Type.Boolean(),
        missing: Type.Array(Type.String(), {
          description: "what it still needs before anything can be sent, by its label in the settings",
        }),
        canListRuns: Type.Boolean({ description: "whether it can be asked for runs that the studio lacks" }),
      },
      { additionalProperties: true },
    ),
  ),
});

interface ProvidersContext {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly secrets: StudioSecrets;
  readonly env: Environment;
}

/** Who can do work, with which models, and whether they are set up for it. */
export function listProviders(context: ProvidersContext): Static<typeof ProviderList> {
  return {
    providers: Array.from(context.providers, ([id, provider]) => ({
      ...provider.capabilities,
      models: [...provider.capabilities.models],
      missing: [...missingSettings(id, provider.capabilities.settings ?? [], context)],
      canListRuns: provider.list !== undefined,
    })),
  };
}
