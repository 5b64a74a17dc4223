import type { FsPort } from "./fs-port.ts";

/** The same files with every way to change them closed: calls that would reject with `EROFS`. `hidden` paths look absent. */
export function createReadOnlyFs(inner: FsPort, hidden: ReadonlySet<string> = new Set()): FsPort {
  const refuse = async (path: string): Promise<never> => {
    throw Object.assign(new Error(`EROFS: "${path}" is only looked at`), { code: "EROFS" });
  };
  return {
    ...inner,
    open: (path, mode) => (mode === "read" ? inner.open(path, mode) : refuse(path)),
    info: async (path) => (hidden.has(path) ? undefined : inner.info(path)),
    makeFolder: refuse,
    rename: refuse,
    link: refuse,
    copy: refuse,
    remove: refuse,
    protect: refuse,
    syncFolder: refuse,
    replaceSmallFile: refuse,
  };
}
