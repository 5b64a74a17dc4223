import { afterEach, beforeEach, expect, it } from "vitest";
import { createReplicateFake, type ReplicateFake } from "../../testing/replicate/create-replicate-fake.ts";
import { createTestHost } from "../../testing/test-host.ts";
import type { Provider } from "../provider.ts";
import { createReplicateProvider } from "./replicate-provider.ts";

let fake: ReplicateFake;
let provider: Provider;
/** How far the studio's clock runs ahead, in milliseconds. */
let aheadMs = 0;

beforeEach(async () => {
  aheadMs = 0;
  fake = await createReplicateFake();
  const now = () => Date.now() + aheadMs;
  provider = createReplicateProvider(createTestHost("replicate", { settings: fake.settings, now }));
});
afterEach(async () => {
  await provider.close();
  await fake.close();
});

const verify = (call: { headers: Readonly<Record<string, string>>; body: Buffer }) =>
  provider.verifyWebhook?.(call.headers, call.body);

it("takes a call that Replicate signed, again and again, and names its run", async () => {
  for (let count = 0; count < 3; count += 1)
    expect(await verify(fake.webhook("run1"))).toEqual({ id: "run1" });
  expect(fake.keyFetches()).toBe(1);
});

it("takes none that is forged or changed", async () => {
  expect(await verify(fake.webhook("run1", { forge: true }))).toBeUndefined();
  const call = fake.webhook("run1");
  expect(
    await verify({ ...call, body: Buffer.from(call.body.toString().replace("run1", "run2")) }),
  ).toBeUndefined();
  expect(await verify({ ...call, headers: { ...call.headers, "webhook-id": "msg_2" } })).toBeUndefined();
});

it.for([600, 301, -301])("takes none that is %i seconds old, though the signature is good", async (ageS) => {
  expect(await verify(fake.webhook("run1", { ageS }))).toBeUndefined();
  expect(fake.keyFetches()).toBe(0);
});

it("learns a new secret, but asks at most once a minute", async () => {
  await verify(fake.webhook("run1"));
  fake.rotateKey();
  expect(await verify(fake.webhook("run1"))).toBeUndefined();
  aheadMs = 61_000;
  expect(await verify(fake.webhook("run1"))).toEqual({ id: "run1" });
  expect(fake.keyFetches()).toBe(2);
});

it.for(["webhook-id", "webhook-timestamp", "webhook-signature"])(
  "takes none without %s, or with a senseless one",
  async (name) => {
    const { headers, body } = fake.webhook("run1");
    const { [name]: _dropped, ...rest } = headers;
    expect(await verify({ headers: rest, body })).toBeUndefined();
    expect(await verify({ headers: { ...headers, [name]: "v1,NaN" }, body })).toBeUndefined();
  },
);
