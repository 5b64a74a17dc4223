import fc from "fast-check";
import type { PlannedStep } from "../../src/index.ts";
import { creation, edit, newJob, newStyle } from "../contract/contract-store.ts";
import type { Fault } from "./faulty-fs.ts";

/** One thing that happens to a store in files, and as far as it should, to one in memory. */
export type Happening =
  | { readonly kind: "commit"; readonly steps: readonly PlannedStep[]; readonly client: string | undefined }
  /** A commit on a full disk. */
  | { readonly kind: "full"; readonly steps: readonly PlannedStep[] }
  /** A checkpoint in which calls of the disk fail. */
  | { readonly kind: "fault"; readonly fault: Fault }
  /** Somebody changes a name in `styles.json`, while the store is closed or open. */
  | { readonly kind: "edit"; readonly at: number; readonly name: string; readonly isOpen: boolean }
  /** Bytes, and a picture that names them. */
  | { readonly kind: "blob"; readonly at: number; readonly bytes: number }
  /** `back`: how far into the past, of all that there is, 0 to 1. */
  | { readonly kind: "rewind"; readonly back: number; readonly collection: "styles" | undefined }
  | { readonly kind: "restore"; readonly at: number; readonly back: number }
  | { readonly kind: "close" | "crash" | "torn" | "backup" | "checkpoint" | "sweep" };

const number = fc.integer({ min: 1, max: 4 });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const PREFIXES = { styles: "style", jobs: "job", galleryImages: "img" };

const step: fc.Arbitrary<PlannedStep> = fc.oneof(
  number.map((at) => newStyle(`style-${at}`, `name ${at} \u2028 \u{1F5BC}`)),
  number.map((at) => newJob(`job-${at}`)),
  fc
    .tuple(number, number)
    .map(([at, scope]) => creation("galleryImages", `img-${at}`, { sessionId: `gal-${scope}` })),
  fc.tuple(number, fc.string()).map(([at, name]) => edit("styles", `style-${at}`, { name })),
  fc.tuple(number, number).map(([at, tenths]) => edit("jobs", `job-${at}`, { progress: tenths / 10 })),
  fc
    .tuple(
      fc.constantFrom("styles", "jobs", "galleryImages"),
      number,
      fc.constantFrom("delete", "restore", "purge"),
    )
    .map(([collection, at, op]) => ({ op, collection, id: `${PREFIXES[collection]}-${at}` })),
);
const steps = fc.array(step, { minLength: 1, maxLength: 3 });

/** What a disk may do to a checkpoint, and to carrying the journal on after it. */
const fault: fc.Arbitrary<Fault> = fc
  .record({
    where: fc.constantFrom(
      { call: "open", path: /\.tmp$/, code: "EMFILE" },
      { call: "write", path: /\.tmp$/, code: "short" },
      { call: "write", path: /\.tmp$/, code: "ENOSPC" },
      { call: "sync", path: /\.tmp$/, code: "EIO" },
      { call: "link", path: /\.backup/, code: "EMLINK" },
      { call: "rename", path: /\.backup$/, code: "EXDEV" },
      { call: "rename", path: /\.json$/, code: "ESTALE" },
      { call: "rename", path: /^(history|journal)\//, code: "EPERM" },
      { call: "remove", path: /^journal\//, code: "EIO" },
      { call: "syncFolder", path: /./, code: "EIO" },
      { call: "replaceSmallFile", path: /./, code: "ENOSPC" },
    ),
    times: number,
    after: fc.integer({ min: 0, max: 3 }),
    happens: fc.boolean(),
  })
  .map(({ where, ...more }) => ({ ...where, ...more }));

export const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant("commit" as const),
      steps,
      client: fc.option(fc.constantFrom("client-0001", "client-0002"), { nil: undefined }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("full" as const), steps }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("fault" as const), fault }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("edit" as const),
      at: number,
      name: fc.string({ minLength: 1 }),
      isOpen: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("blob" as const), at: number, bytes: number }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("rewind" as const),
      back: share,
      collection: fc.constantFrom("styles" as const, undefined),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("restore" as const), at: number, back: share }) },
  {
    weight: 7,
    arbitrary: fc.record({
      kind: fc.constantFrom("close", "crash", "torn", "backup", "checkpoint", "sweep"),
    }),
  },
);
