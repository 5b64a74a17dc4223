import type { Provider } from "@safelight/providers";
import { createNodeFs, type Store } from "@safelight/store";
import { type TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Fastify, { type FastifyInstance, LogController } from "fastify";
import { answerQueuePlugin } from "./answers/answer-queue-plugin.ts";
import { blobReaderPlugin } from "./blob-serving/blob-reader-plugin.ts";
import type { Config } from "./config.ts";
import { backupsPlugin } from "./features/backups/backups-plugin.ts";
import { blobsRoutes } from "./features/blobs/blobs-routes.ts";
import { clearRoutes } from "./features/clear/clear-routes.ts";
import { downloadsRoutes } from "./features/downloads/downloads-routes.ts";
import { editorRoutes } from "./features/editor/editor-routes.ts";
import { type GalleryRoutesOptions, galleryRoutes } from "./features/gallery/gallery-routes.ts";
import { healthRoutes } from "./features/health/health-routes.ts";
import { historyRoutes } from "./features/history/history-routes.ts";
import { jobExportRoutes } from "./features/job-export/job-export-routes.ts";
import { jobHistoryRoutes } from "./features/job-history/job-history-routes.ts";
import { jobImportRoutes } from "./features/job-import/job-import-routes.ts";
import { jobActionRoutes } from "./features/jobs/job-action-routes.ts";
import { jobRunnerPlugin, type JobRunnerPluginOptions } from "./features/jobs/job-runner-plugin.ts";
import { jobsRoutes } from "./features/jobs/jobs-routes.ts";
import { ledgerPlugin } from "./features/ledger/ledger-plugin.ts";
import { queueRoutes } from "./features/queue/queue-routes.ts";
import { recordRoutes } from "./features/records/record-routes.ts";
import { type SyncRoutesOptions, syncRoutes } from "./features/sync/sync-routes.ts";
import { storageRoutes } from "./features/storage/storage-routes.ts";
import {
  type StorageReportPluginOptions,
  storageReportPlugin,
} from "./features/storage-report/storage-report-plugin.ts";
import { thumbnailsRoutes } from "./features/thumbnails/thumbnails-routes.ts";
import { trashPlugin, type TrashPluginOptions } from "./features/trash/trash-plugin.ts";
import { providerSettingsRoutes } from "./features/settings/provider-settings-routes.ts";
import { studioSettingsRoutes } from "./features/settings/studio-settings-routes.ts";
import { webhookRoutes } from "./features/jobs/webhooks/webhook-routes.ts";
import { uploadsRoutes } from "./features/uploads/uploads-routes.ts";
import { createLazyValidators } from "./lazy-validators.ts";
import { apiDocs } from "./plugins/api-docs.ts";
import { jsonBody } from "./plugins/json-body.ts";
import { problemDocuments, sendProblem } from "./plugins/problem-documents.ts";
import { requestGuard } from "./plugins/request-guard.ts";
import { securityHeaders } from "./plugins/security-headers.ts";
import { tokenAuth } from "./plugins/token-auth.ts";
import { typedParameters } from "./plugins/typed-parameters.ts";
import { unaskedInput } from "./plugins/unasked-input.ts";
import { unknownRoutes } from "./plugins/unknown-routes.ts";
import { webApp } from "./plugins/web-app.ts";
import { ProblemSchema } from "./problem-responses.ts";
import type { Environment } from "./providers/provider-settings.ts";
import { openStudioSecrets, type StudioSecrets } from "./providers/studio-secrets.ts";

declare module "fastify" {
  interface FastifyInstance {
    readonly config: Config;
    readonly store: Store;
    readonly providers: ReadonlyMap<string, Provider>;
    readonly secrets: StudioSecrets;
    /** Where settings of providers come from that the settings page does not hold. */
    readonly env: Environment;
    /** Compiles the schemas of one route now rather than at its first request; `false` when there is none left. */
    readonly compileNextSchema: () => boolean;
  }
}

export interface AppOptions {
  readonly config: Config;
  readonly store: Store;
  readonly providers: ReadonlyMap<string, Provider>;
  /** Left out, those of the data folder. */
  readonly secrets?: StudioSecrets;
  readonly env?: Environment;
  readonly gallery?: GalleryRoutesOptions;
  /** Timing of the job runner. */
  readonly jobs?: JobRunnerPluginOptions;
  /** Timing of event streams. */
  readonly sync?: SyncRoutesOptions;
  /** Timing of the check of all bytes. */
  readonly storageReport?: StorageReportPluginOptions;
  /** Clock of the trash's retention. */
  readonly trash?: TrashPluginOptions;
}

/** Builds the server without listening; `app.close()` stops its work but leaves store and providers to the caller. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { config } = options;
  const validators = createLazyValidators();
  const app = Fastify({
    bodyLimit: config.maxBodyBytes,
    logger: config.logLevel === "silent" ? false : { level: config.logLevel },
    logController: new LogController({ disableRequestLogging: true }),
    // What is logged of a request names its fault by an id of its own: no request needs a log of its own.
    ...(config.logLevel !== "silent" && { childLoggerFactory: (logger) => logger }),
    // Errors before routing come with a reply that no hook has seen.
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, error),
    routerOptions: { maxParamLength: 256 },
    schemaController: { compilersFactory: { buildValidator: validators.buildValidator } },
    ajv: {
      // Refuse, never repair: see the house style on boundaries. `policy` is our own annotation of fields.
      customOptions: {
        removeAdditional: false,
        coerceTypes: false,
        allErrors: true,
        strictTypes: false,
        keywords: ["policy"],
      },
    },
  }).withTypeProvider<TypeBoxTypeProvider>();
  // Answers go out as they are: a serializer made from the schema would drop and convert fields in silence.
  app.setSerializerCompiler(() => (payload) => JSON.stringify(payload));
  app.decorate("config", config);
  app.decorate("store", options.store);
  app.decorate("providers", options.providers);
  app.decorate("secrets", options.secrets ?? (await openStudioSecrets(createNodeFs(config.dataDir))));
  app.decorate("env", options.env ?? {});
  app.decorate("compileNextSchema", validators.compileNext);
  app.addSchema(ProblemSchema);

  await app.register(problemDocuments);
  await app.register(securityHeaders);
  await app.register(requestGuard);
  await app.register(jsonBody);
  await app.register(typedParameters);
  await app.register(unaskedInput);
  await app.register(unknownRoutes);
  await app.register(apiDocs);
  await app.register(tokenAuth);

  await app.register(answerQueuePlugin);
  await app.register(healthRoutes);
  await app.register(recordRoutes);
  await app.register(syncRoutes, options.sync ?? {});
  await app.register(trashPlugin, options.trash ?? {});
  await app.register(backupsPlugin);
  await app.register(clearRoutes);
  await app.register(blobReaderPlugin);
  await app.register(blobsRoutes);
  await app.register(uploadsRoutes);
  await app.register(downloadsRoutes);
  await app.register(thumbnailsRoutes);
  await app.register(storageRoutes);
  await app.register(storageReportPlugin, options.storageReport ?? {});
  await app.register(historyRoutes);
  await app.register(jobHistoryRoutes);
  await app.register(jobExportRoutes);
  await app.register(jobImportRoutes);
  await app.register(editorRoutes);
  await app.register(galleryRoutes, options.gallery ?? {});
  await app.register(ledgerPlugin);
  await app.register(jobRunnerPlugin, options.jobs ?? {});
  await app.register(jobsRoutes);
  await app.register(jobActionRoutes);
  await app.register(queueRoutes);
  await app.register(providerSettingsRoutes);
  await app.register(studioSettingsRoutes);
  await app.register(webhookRoutes);
  await app.register(webApp);
  return app;
}
