import type { BaseRow, PackRow, Tables } from "../ports.ts";
import { keyOf } from "./base-layers.ts";
import type { BaseEntry } from "./base-memory.ts";

/** What is read before the view can be painted. */
const HOT_ROWS = 500;
const HOT_PACKS = 2;
/** What is read per step after that. */
const ROWS_PER_PAGE = 2000;
const PACKS_PER_PAGE = 4;

/** Part of a layer of the base, under its key. */
export interface Page {
  readonly key: string | number;
  readonly entries: readonly BaseEntry[];
}

/** The records that changed last. Rows stand above packs, so packs are read only when all rows are there. */
export async function readHot(
  tables: Tables,
): Promise<{ readonly entries: readonly BaseEntry[]; readonly isWhole: boolean }> {
  const [rows, packs] = await Promise.all([tables.newest(HOT_ROWS), tables.packs.page({ limit: HOT_PACKS })]);
  const entries = rows.map((row): BaseEntry => [`${row.collection}/${row.id}`, row.record]);
  if (rows.length === HOT_ROWS) return { entries, isWhole: false };
  return {
    entries: [...entries, ...packs.flatMap((pack) => pageOfPack(pack).entries)],
    isWhole: packs.length < HOT_PACKS,
  };
}

/** Reads all rows and then all packs, page by page; `step` runs a read in a transaction and takes what it gave. */
export async function loadPages(
  step: (read: (tables: Tables) => Promise<readonly Page[]>) => Promise<readonly Page[]>,
): Promise<void> {
  let row: string | undefined;
  let pack: number | undefined;
  for (;;) {
    const range = { limit: ROWS_PER_PAGE, ...(row === undefined ? {} : { after: row }) };
    const page = await step(async ({ base }) => (await base.page(range)).map(pageOfRow));
    row = page.at(-1)?.key as string | undefined;
    if (page.length < ROWS_PER_PAGE) break;
  }
  for (;;) {
    const range = { limit: PACKS_PER_PAGE, ...(pack === undefined ? {} : { after: pack }) };
    const page = await step(async ({ packs }) => (await packs.page(range)).map(pageOfPack));
    pack = page.at(-1)?.key as number | undefined;
    if (page.length < PACKS_PER_PAGE) return;
  }
}

function pageOfRow([key, { record }]: [string, BaseRow]): Page {
  return { key, entries: [[key, record]] };
}

function pageOfPack([key, { records }]: [number, PackRow]): Page {
  return { key, entries: records.map((packed) => [keyOf(packed), packed.record]) };
}
