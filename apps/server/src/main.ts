import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Config, ConfigError, readConfig } from "./config.ts";
import { explainStartFailure } from "./explain-start-failure.ts";
import { installShutdown } from "./shutdown.ts";
import { startStudio } from "./start-studio.ts";
import { SERVER_VERSION } from "./version.ts";
import { welcomeText } from "./welcome.ts";

const SHUTDOWN_DEADLINE_MS = 20_000;
const repositoryRoot = resolve(import.meta.dirname, "../../..");

function readEnvironment(): Config {
  const builtPages = join(repositoryRoot, "apps/web/dist");
  const config = readConfig(process.env, {
    dataDir: join(repositoryRoot, "data"),
    webRoot: existsSync(join(builtPages, "index.html")) ? builtPages : undefined,
  });
  if (config.webRoot !== undefined && !existsSync(join(config.webRoot, "index.html"))) {
    throw new ConfigError([
      `WEB_ROOT: ${config.webRoot} has no index.html. Build the web app, or leave WEB_ROOT out.`,
    ]);
  }
  return config;
}

try {
  const config = readEnvironment();
  const { app, url, close } = await startStudio(config, process.env);
  installShutdown({
    process,
    close,
    reportFault: (fault, message) => app.log.fatal({ err: fault }, message),
    deadlineMs: SHUTDOWN_DEADLINE_MS,
    nowMs: () => performance.now(),
  });
  process.stdout.write(
    welcomeText({
      version: SERVER_VERSION,
      url,
      dataDir: config.dataDir,
      loginPath: app.loginPath,
      hasWebApp: config.webRoot !== undefined,
      findings: app.store.health().findings.length,
    }),
  );
} catch (error) {
  process.stderr.write(`${explainStartFailure(error)}\n`);
  process.exit(1);
}
