/** Process of `createAutocannonLoad`: runs each load that it is sent, and sends back what came of it. */
import autocannon from "autocannon";
import type { AutocannonAnswer, AutocannonOrder } from "./autocannon-load.ts";

process.on("message", (order: AutocannonOrder) => {
  void run(order).then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.({ fault: String(error) } satisfies AutocannonAnswer),
  );
});

async function run({ url, body, connections, seconds }: AutocannonOrder): Promise<AutocannonAnswer> {
  const started = performance.now();
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    ...(body !== undefined && {
      method: "POST" as const,
      body,
      headers: { "content-type": "application/json" },
    }),
  });
  const tookMs = performance.now() - started;
  if (result.non2xx > 0 || result.errors > 0) {
    return { fault: `${url}: ${result.non2xx} answers were no success, ${result.errors} connections broke.` };
  }
  return { rate: (result["2xx"] * 1000) / tookMs };
}
