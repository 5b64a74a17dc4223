import { jobId } from "../../../../packages/store/bench/sample-job.ts";
import { measurement, type Measurement } from "../../../../packages/store/bench/measurement.ts";
import type { HttpBenchContext } from "../http-bench-context.ts";
import { measureRounds } from "../measure-rounds.ts";
import { getText, putJson } from "../request.ts";

/** One record and a list of 50, against a route that says hello and one that sends the list's bytes. */
export async function measureRecordReads(context: HttpBenchContext): Promise<readonly Measurement[]> {
  const { studio, peers, load } = context;
  const listUrl = `${studio.url}/api/jobs?limit=50`;
  const bytesUrl = `${peers.url}/bytes`;
  const list = await getText(listUrl);
  await putJson(bytesUrl, list);
  if ((await getText(bytesUrl)) !== list) throw new Error("The peer does not send the same bytes.");

  const rates = await measureRounds(context, "reads", {
    hello: () => load.run({ url: `${peers.url}/hello` }),
    one: () => load.run({ url: `${studio.url}/api/jobs/${jobId(1)}` }),
    list: () => load.run({ url: listUrl }),
    bytes: () => load.run({ url: bytesUrl }),
  });
  const line = (measure: string, value: number, peer: number, atLeast: number) =>
    measurement({ measure, value, unit: "1/s", ratio: value / peer, atLeast });
  return [
    line("GET of one record, against Fastify hello", rates.one, rates.hello, 0.8),
    line("list of 50, against Fastify hello", rates.list, rates.hello, 0.33),
    line("list of 50, against a Fastify route with the same bytes", rates.list, rates.bytes, 0.7),
  ];
}
