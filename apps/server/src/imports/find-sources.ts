import type { SourceFolder } from "./source-folder.ts";

/** Something that can be imported. Paths are relative to the source; `""` is its root. */
export type Source =
  | { readonly kind: "job-history" | "models" | "contents"; readonly file: string; readonly folder: string }
  | { readonly kind: "uploads" | "generated" | "gallery" | "gallery-session"; readonly folder: string };

export interface FoundSources {
  /** In the order in which they are to be imported: entries before the folders of loose pictures. */
  readonly sources: readonly Source[];
  readonly refused: readonly { readonly file: string; readonly reason: string }[];
}

const MAX_DEPTH = 5;
const PASSED_OVER = new Set(["node_modules", "dist", "build", "venv", "__pycache__"]);
const ORDER: readonly Source["kind"][] = [
  "job-history",
  "models",
  "contents",
  "gallery",
  "gallery-session",
  "uploads",
  "generated",
];
const OWN_FOLDER =
  "it is a data folder of Safelight itself and needs no import: start with DATA_DIR set to it, or put it in place of this studio's";

/** Looks through a source for the files and folders that the older apps wrote. */
export async function findSources(source: SourceFolder): Promise<FoundSources> {
  const { only } = source;
  if (only !== undefined) {
    const named = documentOf(only.replace(/\.backup$/, ""), "");
    const metadata =
      only === "metadata.json" ? ({ kind: "gallery-session", folder: "" } as const) : undefined;
    const index = only === "sessions.json" ? ({ kind: "gallery", folder: "" } as const) : undefined;
    const found = named ?? metadata ?? index;
    if (found !== undefined) return { sources: [found], refused: [] };
    const reason =
      "it is none of job_history.json, models.json, content.json, sessions.json and metadata.json";
    return { sources: [], refused: [{ file: only, reason }] };
  }
  const sources: Source[] = [];
  const refused: { file: string; reason: string }[] = [];
  const open = [{ folder: "", depth: 0 }];
  for (let at = open.shift(); at !== undefined; at = open.shift()) {
    const { folder, depth } = at;
    const { files, folders, skipped } = await source.list(folder);
    for (const file of skipped) {
      refused.push({ file, reason: "it is a link to a folder or out of the source, or no ordinary file" });
    }
    const names = new Set(files.map((file) => baseOf(file)));
    if (names.has("studio.json") && folders.some((name) => baseOf(name) === "journal")) {
      refused.push({ file: folder === "" ? "." : folder, reason: OWN_FOLDER });
      continue;
    }
    const here = sourcesIn(folder, names, folders);
    sources.push(...here);
    const taken = new Set(here.flatMap((found) => ("file" in found ? [] : [found.folder])));
    if (depth >= MAX_DEPTH || taken.has(folder)) continue;
    for (const name of folders) {
      const base = baseOf(name);
      if (taken.has(name) || base.startsWith(".") || PASSED_OVER.has(base)) continue;
      open.push({ folder: name, depth: depth + 1 });
    }
  }
  sources.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  return { sources, refused };
}

function sourcesIn(
  folder: string,
  names: ReadonlySet<string>,
  folders: readonly string[],
): readonly Source[] {
  if (names.has("sessions.json") || names.has("sessions.json.backup") || baseOf(folder) === "gallery") {
    return [{ kind: "gallery", folder }];
  }
  if (names.has("metadata.json")) return [{ kind: "gallery-session", folder }];
  const found: Source[] = [];
  for (const name of ["job_history.json", "models.json", "content.json"]) {
    const source = documentOf(name, folder);
    if (source !== undefined && (names.has(name) || names.has(`${name}.backup`))) found.push(source);
  }
  for (const name of folders) {
    const base = baseOf(name);
    if (base === "uploads" || base === "generated") found.push({ kind: base, folder: name });
  }
  return found;
}

function documentOf(name: string, folder: string): Source | undefined {
  const file = folder === "" ? name : `${folder}/${name}`;
  switch (name) {
    case "job_history.json":
      return { kind: "job-history", file, folder };
    case "models.json":
      return { kind: "models", file, folder };
    case "content.json":
      return { kind: "contents", file, folder };
    default:
      return undefined;
  }
}

function baseOf(path: string): string {
  return path.split("/").at(-1) ?? path;
}
