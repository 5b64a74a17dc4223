import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { makeTempDir } from "../../../testing/temp-dir.ts";

const CHILD = fileURLToPath(new URL("../../../testing/full-disk-clear-child.ts", import.meta.url));
const MOUNT = 'mount -t tmpfs -o size=1m tmpfs "$1"';

/** Whether this machine permits a disk of a process's own. */
function canMount(): boolean {
  const folder = makeTempDir();
  const { status } = spawnSync("unshare", ["-m", "sh", "-c", MOUNT, "sh", folder.path]);
  folder.remove();
  return status === 0;
}

it.runIf(canMount())(
  "clears nothing when the disk has no room for the backup, and leaves nothing on it",
  async () => {
    const folder = makeTempDir();
    const script = `${MOUNT} && shift && exec "$@"`;
    const args = ["-m", "--propagation", "private", "sh", "-c", script, "sh", folder.path];
    try {
      const { stdout } = await promisify(execFile)("unshare", [
        ...args,
        process.execPath,
        CHILD,
        folder.path,
      ]);
      expect(JSON.parse(stdout)).toEqual({ refusal: "store.full", isLive: true, left: [] });
    } finally {
      folder.remove();
    }
  },
);
