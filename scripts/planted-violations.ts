/** A file that must turn a gate red, and what the gate must then say. */
export interface PlantedFile {
  /** The rule it breaks, as the gate prints it. */
  readonly rule: string;
  /** Where it is planted, relative to the repository. */
  readonly file: string;
  readonly source: string;
}

const folder = "packages/store/src/planted-violations";

/** One violation for each lint rule the project relies on. */
export const PLANTED_LINT: readonly PlantedFile[] = [
  {
    rule: "typescript(no-explicit-any)",
    file: `${folder}/explicit-any.ts`,
    source: "export function explicitAny(value: any): string {\n  return String(value);\n}\n",
  },
  {
    rule: "import(no-default-export)",
    file: `${folder}/default-export.ts`,
    source: "export default 1;\n",
  },
  {
    rule: "typescript(no-floating-promises)",
    file: `${folder}/floating-promise.ts`,
    source: "export function floating(): void {\n  Promise.resolve(1);\n}\n",
  },
  {
    rule: "typescript(switch-exhaustiveness-check)",
    file: `${folder}/open-switch.ts`,
    source:
      'export function open(value: "a" | "b"): number {\n  switch (value) {\n    case "a":\n      return 1;\n  }\n  return 0;\n}\n',
  },
  {
    rule: "typescript(consistent-type-imports)",
    file: `${folder}/type-import.ts`,
    source:
      'import { StoreHealth } from "../store-health.ts";\n\nexport const health: StoreHealth | undefined = undefined;\n',
  },
  {
    rule: "unicorn(filename-case)",
    file: `${folder}/wrongCase.ts`,
    source: "export const wrongCase = 1;\n",
  },
  {
    rule: "unicorn(prefer-node-protocol)",
    file: `${folder}/bare-builtin.ts`,
    source: 'import { sep } from "path";\n\nexport const separator = sep;\n',
  },
  {
    rule: "import(no-cycle)",
    file: `${folder}/cycle-a.ts`,
    source: 'import { b } from "./cycle-b.ts";\n\nexport const a = (): unknown => b;\n',
  },
  {
    rule: "import(no-cycle)",
    file: `${folder}/cycle-b.ts`,
    source: 'import { a } from "./cycle-a.ts";\n\nexport const b = (): unknown => a;\n',
  },
  {
    rule: "eslint(max-lines)",
    file: `${folder}/too-long.ts`,
    source: "// one line of too many\n".repeat(401),
  },
  {
    rule: "jsx-a11y(alt-text)",
    file: "apps/web/src/planted-violations/no-alt.tsx",
    source: 'export function NoAlt() {\n  return <img src="/x.png" />;\n}\n',
  },
];

/** One violation for each compiler option that the house style names. */
export const PLANTED_TYPES: readonly PlantedFile[] = [
  {
    rule: "TS2322",
    file: `${folder}/unchecked-index.ts`,
    source: "export const first: string = ([] as string[])[0];\n",
  },
  {
    rule: "TS2375",
    file: `${folder}/exact-optional.ts`,
    source: "export const exact: { a?: number } = { a: undefined };\n",
  },
  {
    rule: "TS1294",
    file: `${folder}/not-erasable.ts`,
    source: "export enum NotErasable {\n  A,\n}\n",
  },
  {
    rule: "TS1484",
    file: `${folder}/verbatim-modules.ts`,
    source: 'import { StoreHealth } from "../store-health.ts";\n\nexport type Health = StoreHealth;\n',
  },
  {
    rule: "TS2835",
    file: `${folder}/no-extension.ts`,
    source: 'export { StoreError } from "../store-error";\n',
  },
];

/** One violation for each import rule; checked without being written to disk. */
export const PLANTED_IMPORTS: readonly PlantedFile[] = [
  {
    rule: "shared-imports-typebox-only",
    file: "packages/shared/src/planted.ts",
    source: 'import "node:fs";\n',
  },
  {
    rule: "core-is-pure",
    file: "packages/store/src/core/planted.ts",
    source: 'import { readFile } from "../fs/files.ts";\nexport { readFile };\n',
  },
  {
    rule: "core-is-pure",
    file: "packages/sync/src/core/planted.ts",
    source: 'import { clock } from "../adapters/clock.ts";\nexport { clock };\n',
  },
  {
    rule: "store-imports-shared-only",
    file: "packages/store/src/planted.ts",
    source: 'export { createSyncClient } from "@safelight/sync";\n',
  },
  {
    rule: "store-touches-files-in-fs-only",
    file: "packages/store/src/memory/planted.ts",
    source: 'import { writeFile } from "node:fs/promises";\nexport { writeFile };\n',
  },
  {
    rule: "sync-imports-shared-only",
    file: "packages/sync/src/planted.ts",
    source: 'export const later = () => import("@safelight/store");\n',
  },
  {
    rule: "providers-import-shared-only",
    file: "packages/providers/src/planted.ts",
    source: 'import type { Store } from "@safelight/store";\nexport type { Store };\n',
  },
  {
    rule: "server-does-not-import-web-or-sync",
    file: "apps/server/src/planted.ts",
    source: 'export * from "@safelight/sync";\n',
  },
  {
    rule: "server-features-are-apart",
    file: "apps/server/src/features/jobs/planted.ts",
    source: 'import "../gallery/gallery-routes.ts";\n',
  },
  {
    rule: "web-imports-shared-and-sync-only",
    file: "apps/web/src/planted.ts",
    source: 'export * from "../../server/src/app.ts";\n',
  },
  {
    rule: "web-layers-point-down",
    file: "apps/web/src/features/create/planted.ts",
    source: 'import "../jobs/jobs-room.tsx";\n',
  },
  {
    rule: "web-layers-point-down",
    file: "apps/web/src/components/planted.ts",
    source: 'import "../app/shell.tsx";\n',
  },
  {
    rule: "packages-import-no-app",
    file: "packages/providers/testing/planted.ts",
    source: 'import "../../../apps/server/src/app.ts";\n',
  },
];

/** Turns the format check and the search for unused code red. */
export const PLANTED_UNTIDY: PlantedFile = {
  rule: "untidy",
  file: `${folder}/untidy.ts`,
  source: "export const   untidy = {a:1}\n",
};

/** Folders that planting creates, removed afterwards. */
export const PLANTED_FOLDERS: readonly string[] = [folder, "apps/web/src/planted-violations"];
