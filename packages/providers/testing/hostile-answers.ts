import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRecord } from "../src/http/is-record.ts";
import { ProviderError } from "../src/provider-error.ts";
import type { ProviderHost } from "../src/provider-host.ts";
import type { Provider, ProviderRequest } from "../src/provider.ts";
import { createTestHost } from "./test-host.ts";

/** An adapter, and answers as its provider gives them, of which parts are replaced by nonsense. */
export interface HostileSubject {
  readonly name: string;
  readonly create: (host: ProviderHost) => Provider;
  readonly settings: Readonly<Record<string, string>>;
  readonly request: ProviderRequest;
  /** What its runs carry beside their id. */
  readonly details?: Readonly<Record<string, string | number>>;
  readonly answers: readonly unknown[];
  /** Hosts that it may call. */
  readonly hosts: RegExp;
  readonly contentType?: string;
}

const signal = new AbortController().signal;
const SEED = 20_260_101;
const RUNS = 40;

/** What may stand where something else is expected. */
const nonsense = fc.oneof(
  fc.constantFrom(
    null,
    0,
    -1,
    1e308,
    true,
    "",
    "x",
    "http://169.254.169.254/x",
    "https://evil.test/x",
    "../..",
  ),
  fc.constantFrom(
    "data:image/png;base64,AAAA",
    "data:,",
    "https://",
    "2026-99-99",
    "{",
    "constructor",
    "x".repeat(9999),
  ),
  fc.jsonValue({ maxDepth: 2 }),
  fc.constant(undefined),
);

/** A value with one of its parts, or a part of a part, replaced. */
function spoil(value: unknown, path: readonly number[], by: unknown): unknown {
  const [step, ...rest] = path;
  const keys = Array.isArray(value) || isRecord(value) ? Object.keys(value) : [];
  if (step === undefined || keys.length === 0) return by;
  const key = keys[step % keys.length] ?? "";
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? spoil(item, rest, by) : item));
  return isRecord(value) ? { ...value, [key]: spoil(value[key], rest, by) } : by;
}

/** Whatever a provider answers, an adapter meets it with an error of ours and calls no address but its own. */
export function describeHostileAnswers(subject: HostileSubject): void {
  const {
    name,
    create,
    settings,
    request,
    details = {},
    answers,
    contentType = "application/json",
  } = subject;
  const spoiled = fc.sample(
    fc.record({
      answer: fc.constantFrom(...answers),
      path: fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 4 }),
      by: nonsense,
    }),
    { seed: SEED, numRuns: RUNS * answers.length },
  );
  const headers = { "x-fal-billable-units": "2", "content-type": contentType };

  async function meet(body: unknown): Promise<void> {
    const hosts = new Set<string>();
    const provider = create({
      ...createTestHost("fuzz", { settings }),
      async fetch(url) {
        hosts.add(new URL(url).hostname);
        const text = JSON.stringify(body) ?? "";
        return new Response(contentType === "text/event-stream" ? `data: ${text}\n\n` : text, { headers });
      },
      // What it says of itself is looked at; its bytes are another test's.
      download: () => Promise.reject(new ProviderError("result.missing", "Not here.")),
    });
    const remote = { id: "run-1", ...details };
    const all = await Promise.allSettled(
      [
        provider.submit(request, signal).then(async (taken) => {
          await provider.poll(taken, signal);
          return provider.results(taken, signal).then(async ([first]) => first?.open(signal));
        }),
        provider.poll(remote, signal),
        provider.results(remote, signal).then(async ([first]) => first?.open(signal)),
        provider.readLines?.(remote, 0, signal),
        provider.cancel(remote, signal),
        provider.list?.(signal),
        provider.find?.(request, 0, signal),
        provider.estimate(request),
        provider.testConnection?.(signal),
      ].map(async (call) => call),
    );
    for (const outcome of all) {
      if (outcome.status === "fulfilled") continue;
      expect(outcome.reason, JSON.stringify(body)).toBeInstanceOf(ProviderError);
    }
    for (const host of hosts) expect(host).toMatch(subject.hosts);
    await provider.close();
  }

  describe(`hostile answers: ${name}`, () => {
    it("meets nonsense with an error of ours, and calls no address but its own", async () => {
      // At once, for each waits before it asks again.
      const met = Promise.all(spoiled.map(async ({ answer, path, by }) => meet(spoil(answer, path, by))));
      await expect(met).resolves.toHaveLength(spoiled.length);
    });
  });
}
