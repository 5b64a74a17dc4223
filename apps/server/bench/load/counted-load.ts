import type { LoadGenerator } from "./load-generator.ts";

/** A few requests one after another from this very process: shows that a measure runs, not how fast anything is. */
export function createCountedLoad(requests: number): LoadGenerator {
  return {
    name: "single requests",
    async run({ url, body }) {
      const init = { method: "POST", body: body ?? "", headers: { "content-type": "application/json" } };
      const started = performance.now();
      for (let made = 0; made < requests; made += 1) {
        const response = await fetch(url, body === undefined ? {} : init);
        if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
        await response.arrayBuffer();
      }
      return (requests * 1000) / (performance.now() - started);
    },
    close: () => undefined,
  };
}
