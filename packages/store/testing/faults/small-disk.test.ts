import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commitSteps, newStyle } from "../contract/contract-store.ts";
import { type DataFolder, dataFolder } from "../data-folder.ts";

const CHILD = fileURLToPath(new URL("small-disk-child.ts", import.meta.url));
const CHECK_CHILD = fileURLToPath(new URL("check-child.ts", import.meta.url));

/** Disks of a few megabytes, in a mount namespace of their own that ends with the process. `$1` is where to mount. */
const DISKS = [
  { name: "tmpfs", mount: 'mount -t tmpfs -o size=5m tmpfs "$1"' },
  {
    name: "ext4 on a loop device",
    mount:
      'truncate -s 6M "$1.img" && mkfs.ext4 -q -F "$1.img" && mount -o loop "$1.img" "$1" && rm "$1.img"',
  },
] as const;

describe("faults of a real, tiny disk", { timeout: 60_000 }, () => {
  let folder: DataFolder;
  beforeEach(async () => {
    folder = await dataFolder();
  });
  afterEach(async () => folder.dispose());

  function inNamespace(mount: string, command: readonly string[]): readonly string[] {
    const script = `${mount} && shift && exec "$@"`;
    return ["-m", "--propagation", "private", "sh", "-c", script, "sh", folder.path, ...command];
  }

  /** What this machine permits; without the right to mount, the same faults are tried by injection alone. */
  function canMount({ mount }: { readonly mount: string }): boolean {
    const script = 'd=$(mktemp -d) && trap \'rm -rf "$d" "$d.img"\' EXIT && set -- "$d" && ';
    return spawnSync("unshare", ["-m", "sh", "-c", `${script}${mount} && umount "$d"`]).status === 0;
  }

  for (const disk of DISKS) {
    it.runIf(canMount(disk))(
      `8 and 9 a full ${disk.name}: commits are refused with nothing lost, and go on with room`,
      async () => {
        const args = inNamespace(disk.mount, [process.execPath, CHILD, folder.path]);
        const { stdout } = await promisify(execFile)("unshare", args);
        const told: unknown = JSON.parse(stdout);
        expect(told).toMatchObject({
          refused: ["store.full"],
          blobRefusal: "store.full",
          checkpointRefusal: "store.full",
          stateWhenFull: "ok",
          lost: [],
          unasked: [],
          goesOn: true,
          findings: [],
        });
        const { acknowledged, seq } = told as { readonly acknowledged: number; readonly seq: number };
        expect(acknowledged).toBeGreaterThan(20);
        expect(seq).toBe(acknowledged);
      },
    );
  }

  const remounted = { name: "read-only", mount: 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1"' };
  it.runIf(canMount(remounted))(
    "13 a disk mounted read-only is refused with what to do, untouched",
    async () => {
      const store = await folder.open();
      await commitSteps(store, newStyle("style-1"));
      await store.close();
      const before = await folder.content();
      const args = inNamespace(remounted.mount, [process.execPath, CHECK_CHILD, folder.path]);
      const { stdout } = await promisify(execFile)("unshare", args);
      expect(JSON.parse(stdout)).toMatchObject({
        state: "refused",
        problem: {
          code: "store.not-writable",
          message: expect.stringMatching(/read-only.*EROFS.*Mount its disk writable/),
        },
      });
      expect(await folder.content()).toEqual(before);
      expect((await folder.open()).count("styles")).toBe(1);
    },
  );
});
