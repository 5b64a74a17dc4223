/**
 * Measures the library and the table of jobs in a real browser against the real server, with 100,000 jobs and as many contents:
 * `pnpm bench:web [--json FILE] [--small] [--only NAMES] [--data DIR]`. `--only` takes `first`, `search`, `filter`, `scroll`,
 * `memory` and `jobs`, with commas between them. `--data` uses a copy of a folder that `pnpm sample-data` made. Exits with 1 when a
 * figure misses its goal, unless it is small.
 */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { tableOf } from "../../../packages/store/bench/measurement.ts";
import { measureLibrary } from "./library/measure-library.ts";
import { FULL_LIBRARY, openLibrary, SMALL_LIBRARY } from "./library/open-library.ts";

const { values } = parseArgs({
  options: {
    json: { type: "string" },
    small: { type: "boolean", default: false },
    only: { type: "string" },
    data: { type: "string" },
  },
});

const library = await openLibrary({
  size: values.small ? SMALL_LIBRARY : FULL_LIBRARY,
  ...(values.data !== undefined && { data: values.data }),
  progress: (words) => void process.stderr.write(`${words}\n`),
});
try {
  const lines = await measureLibrary(library, values.only);
  process.stdout.write(tableOf(lines));
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(lines, undefined, 2)}\n`);
  process.exitCode = values.small || lines.every(({ pass }) => pass) ? 0 : 1;
} finally {
  await library.close();
}
