import { expect, it } from "vitest";
import { settleRun, submitRun } from "../provider-contract.ts";
import { type RemoteSubject, unhurried as signal } from "./remote-subject.ts";

/** How a run is found again by its input, when its answer was lost. */
export function itFindsRuns(subject: RemoteSubject): void {
  it("finds the run of a lost submit, and only ones that can be it", async () => {
    const { prompt } = subject.options.quick;
    const submittedAt = Date.now();
    const request = { ...subject.next(), prompt: `${prompt}, lost ${submittedAt}` };
    const find = async (wanted: typeof request) =>
      (await subject.provider.find?.(wanted, submittedAt, signal)) ?? [];
    await submitRun(subject.provider, { ...subject.next(), prompt: `${prompt}, another` });
    const lost = await subject.submitDuring({ do: "drop-after-accept" }, { request });
    expect(lost.error).toMatchObject({ code: "submit.lost" });
    const found = await find(request);
    expect(found).toHaveLength(1);
    const [run] = found;
    if (run === undefined) throw new Error("Nothing was found.");
    expect((await settleRun(subject.provider, run.remote)).state).toBe("succeeded");
    expect((await subject.provider.results(run.remote, signal)).length).toBeGreaterThan(0);
    expect(await find({ ...request, prompt: "never asked for" })).toEqual([]);
  });
}

/** What a studio that forgot its runs is told of them. */
export function itListsRuns(subject: RemoteSubject): void {
  it("lists the runs that the provider has, newest first, so that they can be adopted", async () => {
    const one = await subject.finished();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const other = await subject.finished();
    const listed = (await subject.provider.list?.(signal)) ?? [];
    const ids = listed.map((run) => run.remote.id);
    expect(ids).toContain(one.id);
    expect(ids).toContain(other.id);
    expect(ids.indexOf(other.id)).toBeLessThan(ids.indexOf(one.id));
    const adopted = listed.find((run) => run.remote.id === other.id);
    if (adopted === undefined) throw new Error("The run is not listed.");
    expect((await subject.provider.poll(adopted.remote, signal)).state).toBe("succeeded");
  });
}
