import { afterEach, beforeEach, expect, it } from "vitest";
import { createFalFake, type FalFake } from "../../testing/fal/create-fal-fake.ts";
import { createTestHost } from "../../testing/test-host.ts";
import type { Provider } from "../provider.ts";
import { createFalProvider } from "./fal-provider.ts";

const HOOK = "https://studio.test/api/webhooks/fal/job-1?token=abc";
const DAY_MS = 24 * 60 * 60_000;

let fake: FalFake;
let provider: Provider;
let runId: string;
/** How far the studio's clock runs ahead, in milliseconds. */
let aheadMs = 0;

beforeEach(async () => {
  aheadMs = 0;
  fake = await createFalFake();
  provider = createFalProvider(
    createTestHost("fal", { settings: fake.settings, now: () => Date.now() + aheadMs }),
  );
  const request = { jobId: "job-1", kind: "image" as const, prompt: "sea", params: {} };
  const signal = new AbortController().signal;
  runId = (await provider.submit(request, signal, { webhookUrl: HOOK })).id;
});
afterEach(async () => {
  await provider.close();
  await fake.close();
});

const verify = (call: { headers: Readonly<Record<string, string>>; body: Buffer }) =>
  provider.verifyWebhook?.(call.headers, call.body);

it("tells fal where to call", () => {
  expect(fake.runs.get(runId)?.request.webhookUrl).toBe(HOOK);
});

it("takes a call that fal signed, again and again, and names its run", async () => {
  for (let count = 0; count < 3; count += 1) expect(await verify(fake.webhook(runId))).toEqual({ id: runId });
  expect(fake.keyFetches()).toBe(1);
});

it("takes none that somebody else signed", async () => {
  expect(await verify(fake.webhook(runId, { forge: true }))).toBeUndefined();
});

it("takes none whose body or run was changed", async () => {
  const call = fake.webhook(runId);
  expect(
    await verify({ ...call, body: Buffer.from(call.body.toString().replace("OK", "ok")) }),
  ).toBeUndefined();
  const headers = { ...call.headers, "x-fal-webhook-request-id": "another" };
  expect(await verify({ ...call, headers })).toBeUndefined();
});

it.for([10 * 60, 301, -301])("takes none that is %i seconds old", async (ageS) => {
  expect(await verify(fake.webhook(runId, { ageS }))).toBeUndefined();
  expect(fake.keyFetches()).toBe(0);
});

it.for([290, -290])("takes one that is %i seconds old", async (ageS) => {
  expect(await verify(fake.webhook(runId, { ageS }))).toEqual({ id: runId });
});

it("learns a new key when fal signs with one, but asks at most once a minute", async () => {
  await verify(fake.webhook(runId));
  fake.rotateKey();
  expect(await verify(fake.webhook(runId))).toBeUndefined();
  expect(fake.keyFetches()).toBe(1);
  aheadMs = 61_000;
  expect(await verify(fake.webhook(runId))).toEqual({ id: runId });
  expect(await verify(fake.webhook(runId, { forge: true }))).toBeUndefined();
  expect(fake.keyFetches()).toBe(2);
});

it("asks for the keys again after a day", async () => {
  await verify(fake.webhook(runId));
  aheadMs = DAY_MS + 1000;
  expect(await verify(fake.webhook(runId, { ageS: -DAY_MS / 1000 }))).toEqual({ id: runId });
  expect(fake.keyFetches()).toBe(2);
});

it.for([
  "x-fal-webhook-request-id",
  "x-fal-webhook-user-id",
  "x-fal-webhook-timestamp",
  "x-fal-webhook-signature",
])("takes none without %s, or with a senseless one", async (name) => {
  const { headers, body } = fake.webhook(runId);
  const { [name]: _dropped, ...rest } = headers;
  expect(await verify({ headers: rest, body })).toBeUndefined();
  expect(await verify({ headers: { ...headers, [name]: "NaN" }, body })).toBeUndefined();
});
