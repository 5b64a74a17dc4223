import { measurement, type Measurement } from "../../../../packages/store/bench/measurement.ts";
import type { HttpBenchContext } from "../http-bench-context.ts";
import { measureRounds } from "../measure-rounds.ts";
import { getText, putJson } from "../request.ts";

const MEGABYTE = 1_000_000;

/** A page of the change feed over HTTP, against a route that makes the same page's JSON anew from parsed records. */
export async function measureChangeFeed(context: HttpBenchContext): Promise<readonly Measurement[]> {
  const { studio, peers, load, size } = context;
  const url = `${studio.url}/api/sync/changes?limit=${size.changes}`;
  const peerUrl = `${peers.url}/page`;
  const page = await getText(url);
  await putJson(peerUrl, page);
  if ((await getText(peerUrl)) !== page) throw new Error("The peer does not send the same page.");

  const rates = await measureRounds(context, "change feed", {
    kept: () => load.run({ url }),
    made: () => load.run({ url: peerUrl }),
  });
  return [
    measurement({
      measure: `change feed over HTTP, pages of ${size.changes}, against re-stringified`,
      value: (rates.kept * Buffer.byteLength(page)) / MEGABYTE,
      unit: "MB/s",
      ratio: rates.kept / rates.made,
      atLeast: 4,
    }),
  ];
}
