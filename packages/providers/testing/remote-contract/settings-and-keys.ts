import { expect, it } from "vitest";
import { type RemoteSubject, unhurried as signal } from "./remote-subject.ts";

/** A key that no fake accepts. */
const BAD_KEY = "bad-key-0123456789abcdef";

/** What holds for settings and estimates: nothing is spent by them. */
export function itSpendsNothingUnasked(subject: RemoteSubject): void {
  it("tests address and key without spending anything", async () => {
    const before = { bill: subject.fake.bill().length, submits: subject.fake.submits() };
    const report = await subject.provider.testConnection?.(signal);
    expect(report).toMatchObject({ ok: true, detail: expect.stringMatching(/\w+/) });
    expect({ bill: subject.fake.bill().length, submits: subject.fake.submits() }).toEqual(before);
  });

  it("estimates without spending, and never guesses", async () => {
    const before = subject.fake.bill().length;
    const charge = await subject.provider.estimate(subject.next());
    expect(["none", "estimated", "unknown"]).toContain(charge.state);
    expect(typeof charge.usd === "number").toBe(charge.state === "estimated");
    expect(subject.fake.bill()).toHaveLength(before);
  });

  it("names its settings, each with the environment variable that gives it", () => {
    const { settings = [] } = subject.provider.capabilities;
    expect(settings.length).toBeGreaterThan(0);
    for (const setting of settings) expect(setting.env).toMatch(/^[A-Z][A-Z0-9_]+$/);
  });
}

/** What holds for the key of a provider that asks for one: without it nothing is sent, and it is never told. */
export function itKeepsItsKey(subject: RemoteSubject, keySetting: string): void {
  it("keeps its key as a secret", () => {
    const { settings = [] } = subject.provider.capabilities;
    expect(settings.find((setting) => setting.name === keySetting)).toMatchObject({ isSecret: true });
  });

  it("says that a key is not accepted, without telling it and without spending", async () => {
    const before = { bill: subject.fake.bill().length, submits: subject.fake.submits() };
    const bad = subject.openAt({ ...subject.fake.settings, [keySetting]: BAD_KEY });
    const refusal = await bad.testConnection?.(signal);
    expect(refusal).toMatchObject({ ok: false, code: "provider.unauthorized" });
    expect(JSON.stringify(refusal)).not.toContain(BAD_KEY);
    await bad.close();
    expect({ bill: subject.fake.bill().length, submits: subject.fake.submits() }).toEqual(before);
  });

  it("says that it is not configured when the key is missing, before anything is sent", async () => {
    const { [keySetting]: _key, ...rest } = subject.fake.settings;
    const adapter = subject.openAt(rest);
    const before = subject.fake.submits();
    const submit = adapter.submit(subject.next(), signal);
    await expect(submit).rejects.toMatchObject({ code: "provider.not-configured" });
    expect(await adapter.testConnection?.(signal)).toMatchObject({ code: "provider.not-configured" });
    expect((await adapter.estimate(subject.next())).state).toMatch(/^(unknown|none|estimated)$/);
    expect(subject.fake.submits()).toBe(before);
    await adapter.close();
  });

  it("lets no key into an error, whatever the provider says", async () => {
    const key = subject.fake.settings[keySetting] ?? "";
    expect(key.length).toBeGreaterThan(8);
    const { error } = await subject.submitDuring({ do: "status", status: 401 });
    expect(error).toBeInstanceOf(Error);
    const told = [
      error instanceof Error ? `${error.message} ${String(error.cause)}` : "",
      JSON.stringify(error),
    ];
    expect(told.join(" ")).not.toContain(key);
  });
}
