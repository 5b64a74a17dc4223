import {
  type BaseRow,
  type Storage,
  type Table,
  TABLE_NAMES,
  type TableName,
  type Tables,
  type TableTypes,
  type TransactionMode,
} from "../ports.ts";

type Rows = Map<string | number, unknown>;

/** A database in memory: one per browser profile in tests, one per tab in a private window. */
export interface MemoryDatabase {
  readonly tables: ReadonlyMap<TableName, Rows>;
  /** Write transactions one after another. */
  tail: Promise<unknown>;
}

export function createMemoryDatabase(): MemoryDatabase {
  return { tables: new Map(TABLE_NAMES.map((name) => [name, new Map()])), tail: Promise.resolve() };
}

export interface MemoryStorageOptions {
  readonly database?: MemoryDatabase;
  readonly kind?: "disk" | "memory";
  /** Runs before a write takes effect; what it throws fails the transaction. `grows`: it does more than delete. */
  readonly beforeCommit?: (grows: boolean) => Promise<void> | void;
}

/** Transactions over maps, with the same guarantees as on disk but for durability. */
export function createMemoryStorage(options: MemoryStorageOptions = {}): Storage {
  const { database = createMemoryDatabase(), kind = "memory", beforeCommit } = options;

  async function run<T>(mode: TransactionMode, work: (tables: Tables) => Promise<T>): Promise<T> {
    const writes: (() => void)[] = [];
    const overlays = new Map<TableName, Map<string | number, { readonly value: unknown }>>();
    const table = <N extends TableName>(name: N) =>
      createTable<TableTypes[N]["key"], TableTypes[N]["value"]>(
        database.tables.get(name) ?? new Map<string | number, unknown>(),
        overlayOf(overlays, name),
        writes,
      );
    const base = table("base");
    const result = await work({
      base,
      packs: table("packs"),
      outbox: table("outbox"),
      attention: table("attention"),
      acked: table("acked"),
      meta: table("meta"),
      blobs: table("blobs"),
      uploads: table("uploads"),
      newest: async (limit, after) => newestOf(await base.page(), limit, after),
    });
    if (mode !== "read") {
      await beforeCommit?.(overlays.values().some(holdsValue));
      for (const write of writes) write();
    }
    return result;
  }

  return {
    kind,
    transact(mode, _names, work) {
      const job = () => run(mode, work);
      const done = database.tail.then(job, job);
      database.tail = done.catch(() => undefined);
      return done;
    },
    close: async () => undefined,
  };
}

type Overlay = Map<string | number, { readonly value: unknown }>;

function overlayOf(overlays: Map<TableName, Overlay>, name: TableName): Overlay {
  const overlay = overlays.get(name) ?? new Map();
  overlays.set(name, overlay);
  return overlay;
}

function holdsValue(overlay: Overlay): boolean {
  return overlay.values().some(({ value }) => value !== undefined);
}

function newestOf(
  rows: readonly (readonly [string, BaseRow])[],
  limit: number | undefined,
  after = 0,
): BaseRow[] {
  return rows
    .map(([, row]) => row)
    .filter(({ order }) => order < -after || after === 0)
    .sort((left, right) => left.order - right.order)
    .slice(0, limit);
}

function createTable<K extends string | number, V>(
  rows: Rows,
  overlay: Overlay,
  writes: (() => void)[],
): Table<K, V> {
  const read = (key: string | number): V | undefined => {
    const over = overlay.get(key);
    return (over === undefined ? rows.get(key) : over.value) as V | undefined;
  };
  function page({ from, after, limit = Infinity }: Parameters<Table<K, V>["page"]>[0] = {}): [K, V][] {
    const keys = [...new Set([...rows.keys(), ...overlay.keys()])] as K[];
    const inRange = keys
      .filter((key) => read(key) !== undefined)
      .filter((key) => (from === undefined || key >= from) && (after === undefined || key > after))
      .sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
    return inRange.slice(0, limit).flatMap((key): [K, V][] => {
      const value = read(key);
      return value === undefined ? [] : [[key, value]];
    });
  }

  return {
    get: async (key) => read(key),
    has: async (key) => read(key) !== undefined,
    keys: async () => page().map(([key]) => key),
    page: async (range) => page(range),
    put(key, value) {
      overlay.set(key, { value });
      writes.push(() => rows.set(key, value));
    },
    delete(key) {
      overlay.set(key, { value: undefined });
      writes.push(() => rows.delete(key));
    },
  };
}
