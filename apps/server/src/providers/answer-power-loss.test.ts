import { afterEach, beforeEach, expect, it } from "vitest";
import { createCrashDisk } from "../../../../packages/store/testing/crash-disk/crash-disk.ts";
import { crashStates } from "../../../../packages/store/testing/crash-disk/crash-states.ts";
import { makeTempDir } from "../../testing/temp-dir.ts";
import { createAnswerFiles } from "./answer-files.ts";

let folder: ReturnType<typeof makeTempDir>;
beforeEach(() => {
  folder = makeTempDir();
});
afterEach(() => folder.remove());

it("keeps a saved answer whole over any loss of power, and never shows half of one", async () => {
  const realFolder = folder.path;
  const disk = createCrashDisk({ realFolder });
  const before = disk.image;
  const answers = createAnswerFiles(disk, "answers/one");
  const saved: { readonly at: number; readonly name: string }[] = [];
  for (const name of ["first", "second"]) {
    await answers.save("job-1", name, Buffer.from(`the whole ${name} answer`));
    saved.push({ at: disk.events.length, name });
  }
  let states = 0;
  for (const { at, image } of crashStates({ image: before, events: disk.events, maxPerEvent: 40, seed: 7 })) {
    states += 1;
    const found = createAnswerFiles(createCrashDisk({ realFolder, image }), "answers/one");
    const names = await found.names("job-1");
    expect(names).toEqual(
      expect.arrayContaining(saved.filter((one) => one.at <= at).map(({ name }) => name)),
    );
    for (const name of names) {
      expect(Buffer.from((await found.read("job-1", name)) ?? []).toString()).toBe(
        `the whole ${name} answer`,
      );
    }
  }
  expect(states).toBeGreaterThan(20);
});
