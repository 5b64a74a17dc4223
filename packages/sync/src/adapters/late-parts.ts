import { LATE_LOADS } from "../engine/late-loads.ts";

/**
 * Loads the parts that few pages need, but then perhaps while nothing can be loaded: a page on plain HTTP has no service
 * worker that keeps them. Each by its own `import`, which is what finds it again.
 */
export async function loadAllParts(): Promise<void> {
  const { subtle } = globalThis.crypto as { readonly subtle?: SubtleCrypto };
  const { hashByLibrary } = await import("./hash-blob.ts");
  await Promise.all([
    ...Object.values(LATE_LOADS).map((load: () => Promise<unknown>) => load()),
    import("../engine/keep-house.ts"),
    import("./measure-picture.ts"),
    import("./memory-storage.ts"),
    import("./salvage-database.ts"),
    // Loads the library.
    subtle === undefined ? hashByLibrary(new Blob()) : undefined,
  ]);
}
