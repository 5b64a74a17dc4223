export interface WritersOptions {
  readonly writers: number;
  readonly operations: number;
  /** Does one durable upsert; resolves when it is acknowledged. */
  readonly upsert: (operation: number) => Promise<unknown>;
}

/** Has several writers, each waiting for its own acknowledgement before it goes on, share a number of operations. */
export async function runWriters({ writers, operations, upsert }: WritersOptions): Promise<number> {
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: writers }, async () => {
      while (next < operations) {
        next += 1;
        await upsert(next - 1);
      }
    }),
  );
  return (operations * 1000) / (performance.now() - started);
}
