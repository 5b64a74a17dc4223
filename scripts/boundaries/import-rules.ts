/** What one part of the tree may import. Paths are relative to the repository, with `/`. */
export interface ImportRule {
  readonly name: string;
  /** Files the rule is about. */
  readonly files: RegExp;
  /** Files that it leaves alone. */
  readonly except?: RegExp;
  /** Whether an import is allowed. */
  readonly allows: (found: ImportSite) => boolean;
  readonly message: string;
}

/** One import: `target` is the file it reaches inside the repository, or the package's name. */
export interface ImportSite {
  readonly file: string;
  readonly specifier: string;
  readonly target: string;
  readonly inside: boolean;
}

const TESTS = /\.(?:test|fuzz\.test|bench|e2e)\.tsx?$|\/(?:testing|bench|e2e)\//;

/** Packages a part may name, beside files of its own folder. */
function only(folder: string, packages: readonly string[], builtins: boolean): ImportRule["allows"] {
  return ({ target, inside }) => {
    if (inside) return target.startsWith(folder);
    if (target.startsWith("node:")) return builtins;
    return packages.some((name) => target === name || target.startsWith(`${name}/`));
  };
}

/** The record validator of `shared` is left out: the browser has no use for it, and it is large. */
const WEB_PACKAGES: ReadonlySet<string> = new Set([
  "@safelight/shared",
  "@safelight/shared/picture-metadata",
  "@safelight/sync",
]);

/** The import rules of docs/architecture.md, one by one. */
export const IMPORT_RULES: readonly ImportRule[] = [
  {
    name: "shared-imports-typebox-only",
    files: /^packages\/shared\/src\//,
    except: TESTS,
    allows: ({ target, inside }) =>
      inside ? target.startsWith("packages/shared/") : target.startsWith("@sinclair/typebox"),
    message: "packages/shared runs anywhere: it imports only @sinclair/typebox.",
  },
  {
    name: "core-is-pure",
    files: /^packages\/(?:store|sync)\/src\/core\//,
    except: TESTS,
    allows: ({ target, inside, file }) =>
      inside
        ? target.startsWith(`${file.split("/").slice(0, 3).join("/")}/`) &&
          !/\/src\/(?:fs|adapters)\//.test(target)
        : /^@(?:safelight\/shared|sinclair\/typebox)(?:\/|$)/.test(target),
    message: "core/ decides and returns plans: no Node, no adapters, no other packages.",
  },
  {
    name: "store-imports-shared-only",
    files: /^packages\/store\/src\//,
    except: TESTS,
    allows: only(
      "packages/store/",
      ["@safelight/shared", "@sinclair/typebox", "file-type", "write-file-atomic"],
      true,
    ),
    message: "packages/store imports shared, Node and its two file libraries.",
  },
  {
    name: "store-touches-files-in-fs-only",
    files: /^packages\/store\/src\/(?!fs\/)/,
    except: TESTS,
    allows: ({ target }) =>
      !/^node:(?:fs|fs\/promises|sqlite)$/.test(target) && target !== "write-file-atomic",
    message: "Only packages/store/src/fs touches the file system.",
  },
  {
    name: "sync-imports-shared-only",
    files: /^packages\/sync\/src\//,
    except: TESTS,
    allows: only(
      "packages/sync/",
      ["@safelight/shared", "@sinclair/typebox", "idb-keyval", "@noble/hashes"],
      false,
    ),
    message: "packages/sync runs in a browser, a worker or Node: it imports shared and idb-keyval.",
  },
  {
    name: "providers-import-shared-only",
    files: /^packages\/providers\/src\//,
    except: TESTS,
    allows: only("packages/providers/", ["@safelight/shared", "@sinclair/typebox", "sharp", "yazl"], true),
    message: "packages/providers imports shared, its picture encoder and its ZIP writer.",
  },
  {
    name: "server-does-not-import-web-or-sync",
    files: /^apps\/server\//,
    except: TESTS,
    allows: ({ target, inside }) =>
      inside
        ? target.startsWith("apps/server/")
        : target !== "@safelight/sync" && target !== "@safelight/web",
    message: "apps/server imports shared, store and providers.",
  },
  {
    name: "server-features-are-apart",
    files: /^apps\/server\/src\/features\//,
    except: TESTS,
    allows: ({ file, target }) =>
      !target.startsWith("apps/server/src/features/") || featureOf(target) === featureOf(file),
    message: "A capability of the server does not reach into another one.",
  },
  {
    name: "web-imports-shared-and-sync-only",
    files: /^apps\/web\/src\//,
    except: TESTS,
    allows: ({ target, inside }) => {
      if (inside) return target.startsWith("apps/web/");
      if (target.startsWith("node:")) return false;
      return !target.startsWith("@safelight/") || WEB_PACKAGES.has(target);
    },
    message: "apps/web imports shared and sync, and runs in a browser.",
  },
  {
    name: "web-layers-point-down",
    files: /^apps\/web\/src\/(?:features|components|sync)\//,
    except: TESTS,
    allows: ({ file, target }) => {
      if (target.startsWith("apps/web/src/app/")) return false;
      const inFeatures = target.startsWith("apps/web/src/features/");
      return !inFeatures || (file.includes("/src/features/") && featureOf(target) === featureOf(file));
    },
    message: "app → features → components: nothing points up, and features never import each other.",
  },
  {
    name: "packages-import-no-app",
    files: /^packages\//,
    allows: ({ target }) => !target.startsWith("apps/") && !/^@safelight\/(?:server|web)$/.test(target),
    message: "Packages know nothing of the apps.",
  },
];

function featureOf(path: string): string | undefined {
  return /\/src\/features\/([^/]+)/.exec(path)?.[1];
}
