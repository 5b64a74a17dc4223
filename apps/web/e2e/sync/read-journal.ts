import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { JsonObject } from "@safelight/shared";
import type { Studio } from "../start-studio.ts";

export interface JournaledChange {
  readonly collection: string;
  readonly id: string;
  readonly op: string;
  readonly record?: JsonObject;
}

/** Everything that the studio wrote down, in the order in which it did. */
export async function readJournal(studio: Studio): Promise<readonly JournaledChange[]> {
  const folder = join(studio.dataDir, "journal");
  const segments = (await readdir(folder)).toSorted();
  const texts = await Promise.all(segments.map((name) => readFile(join(folder, name), "utf8")));
  return (
    texts
      // The segment that is being written ends with zeros: room for more.
      .flatMap((text) => text.replace(/\0+$/, "").split("\n"))
      .filter((line) => line !== "")
      .flatMap((line) => {
        // A checksum and a space stand before the JSON.
        const commit = JSON.parse(line.slice(line.indexOf(" ") + 1)) as { changes?: JournaledChange[] };
        return commit.changes ?? [];
      })
  );
}
