/** `npm start`: builds the web app where its sources changed, then serves the studio until Ctrl-C. */
import { join } from "node:path";
import { run } from "./run.ts";
import { repositoryRoot } from "./repository-root.ts";

const build = await run("turbo", ["run", "build", "--filter=@safelight/web", "--output-logs=errors-only"], {
  env: { TURBO_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1" },
});
if (build.code !== 0) {
  process.stderr.write(`${build.output}\nThe web app could not be built.\n`);
  process.exit(1);
}

process.env["WEB_ROOT"] ??= join(repositoryRoot, "apps", "web", "dist");
await import("../apps/server/src/main.ts");
