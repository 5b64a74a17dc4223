import { defineConfig } from "vitest/config";
import { secondTryReporter } from "./scripts/second-try-reporter.ts";

/** Where `npm test` reads the counts of a run. */
const report = process.env["TEST_REPORT"];

export default defineConfig({
  test: {
    reporters:
      report === undefined
        ? ["default", secondTryReporter]
        : ["dot", ["json", { outputFile: report }], secondTryReporter],
    projects: [
      {
        test: {
          name: "node",
          include: ["{packages,apps,scripts}/**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/dist/**"],
          environment: "node",
          setupFiles: ["scripts/fuzz-seed.ts"],
          // Real disks, sockets and processes on a shared machine can miss a deadline once; what fails twice has failed.
          // Second tries are named in the output. The kill tests have none: what was lost once is lost.
          retry: 1,
          testTimeout: 60_000,
          // What has come by then on a busy machine came; what has not never does.
          expect: { poll: { timeout: 15_000 } },
        },
      },
      {
        test: {
          name: "browser",
          include: ["apps/web/e2e/**/*.e2e.ts"],
          globalSetup: ["apps/web/e2e/check-pages.ts"],
          environment: "node",
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          retry: 1,
          // A page on a busy machine takes its time.
          expect: { poll: { timeout: 15_000, interval: 100 } },
        },
      },
    ],
  },
});
