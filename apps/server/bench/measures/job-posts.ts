import { jobFields } from "../../../../packages/store/bench/sample-job.ts";
import { measurement, type Measurement } from "../../../../packages/store/bench/measurement.ts";
import type { HttpBenchContext } from "../http-bench-context.ts";
import { measureRounds } from "../measure-rounds.ts";

/** New jobs, each answered once it is on disk, against hello and against the same route over SQLite. */
export async function measureJobPosts(context: HttpBenchContext): Promise<readonly Measurement[]> {
  const { studio, peers, load } = context;
  const job = { ...jobFields(1), provider: "scripted", model: "still", params: { steps: 28 } };
  const body = JSON.stringify(job);
  const rates = await measureRounds(context, "POST of jobs", {
    hello: () => load.run({ url: `${peers.url}/hello` }),
    studio: () => load.run({ url: `${studio.url}/api/jobs`, body }),
    sqlite: () => load.run({ url: `${peers.url}/jobs`, body }),
  });
  const line = (peer: string, peerRate: number, atLeast: number) =>
    measurement({
      measure: `durable POST /api/jobs, against ${peer}`,
      value: rates.studio,
      unit: "1/s",
      ratio: rates.studio / peerRate,
      atLeast,
    });
  return [
    line("Fastify hello", rates.hello, 0.33),
    line("Fastify + better-sqlite3 WAL FULL", rates.sqlite, 7),
  ];
}
