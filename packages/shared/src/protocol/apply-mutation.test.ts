import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { definitionOf } from "../collections.ts";
import type { Json } from "../json.ts";
import { createCompiledValidator, interpretedValidator } from "../record-validator.ts";
import type { AnyRecord } from "../records/definition.ts";
import { applyMutation, type ApplyContext, type ApplyOutcome } from "./apply-mutation.ts";
import type { Mutation } from "./mutation.ts";

const now = "2026-01-31T12:00:00.000Z";
const later = "2026-01-31T12:00:01.000Z";
const client: ApplyContext = { actor: "client", now, validate: interpretedValidator };
const server: ApplyContext = { actor: "server", now: later, validate: interpretedValidator };
const contents = definitionOf("contents");
const jobs = definitionOf("jobs");

function recordOf(outcome: ApplyOutcome): AnyRecord {
  if (outcome.kind === "rejected") throw new Error(`${outcome.path} ${outcome.message}`);
  return outcome.record;
}

function codeOf(outcome: ApplyOutcome): string {
  return outcome.kind === "rejected" ? `${outcome.code} ${outcome.path}` : outcome.kind;
}

function content(set: Record<string, Json> = {}): AnyRecord {
  return recordOf(
    applyMutation(
      contents,
      undefined,
      { collection: "contents", id: "content-1", op: "create", set },
      client,
    ),
  );
}

function update(current: AnyRecord, set: Record<string, Json>, was?: Record<string, Json>): ApplyOutcome {
  const mutation: Mutation = {
    collection: "contents",
    id: current.id,
    op: "update",
    set,
    ...(was && { was }),
  };
  return applyMutation(contents, current, mutation, { ...client, now: later });
}

describe("create", () => {
  it("fills in the initial values and the base fields", () => {
    const made = content({ prompt: "a fox" });
    expect(made).toMatchObject({
      id: "content-1",
      rev: 1,
      createdAt: now,
      updatedAt: now,
      prompt: "a fox",
      config: {},
    });
  });

  it("refuses unknown fields, server fields, wrong types and prototype keys, each with its path", () => {
    const make = (set: Record<string, Json>) =>
      codeOf(
        applyMutation(
          jobs,
          undefined,
          {
            collection: "jobs",
            id: "job-1",
            op: "create",
            set: { kind: "image", provider: "local", ...set },
          },
          client,
        ),
      );
    expect(make({})).toBe("applied");
    expect(make({ colour: 1 })).toBe("field.unknown /colour");
    expect(make({ status: "succeeded" })).toBe("field.read-only /status");
    expect(make({ rev: 7 })).toBe("field.read-only /rev");
    expect(make({ kind: "poem" })).toBe("record.invalid /kind");
    expect(make({ params: JSON.parse('{"a":{"__proto__":1}}') })).toBe("field.forbidden /params/a/__proto__");
    expect(make({ params: { a: JSON.parse(`${"[".repeat(5000)}${"]".repeat(5000)}`) } })).toMatch(
      /^field\.forbidden \/params\/a\/0\//,
    );
  });

  it("refuses a second record of the same id", () => {
    const made = content();
    const again = applyMutation(
      contents,
      made,
      { collection: "contents", id: made.id, op: "create" },
      client,
    );
    expect(codeOf(again)).toBe("record.exists /id");
  });

  it("lets the server set what only it may", () => {
    const set = {
      kind: "image",
      provider: "local",
      status: "succeeded",
      createdAt: "2020-01-01T00:00:00.000Z",
    };
    const made = recordOf(
      applyMutation(jobs, undefined, { collection: "jobs", id: "job-1", op: "create", set }, server),
    );
    expect(made).toMatchObject({ status: "succeeded", createdAt: "2020-01-01T00:00:00.000Z" });
  });
});

describe("update", () => {
  it("removes a field that is set to null and keeps null out of records", () => {
    const starred = recordOf(update(content(), { star: true }));
    const unstarred = recordOf(update(starred, { star: null }));
    expect(unstarred).not.toHaveProperty("star");
    expect(unstarred.rev).toBe(3);
  });

  it("changes nothing when the record already is as asked", () => {
    const made = content({ title: "Fox", tags: ["sea"], config: { steps: 4 } });
    const same = { title: "Fox", tags: ["sea"], config: { steps: 4 }, star: null };
    expect(update(made, same).kind).toBe("unchanged");
    expect(update(made, { tags: ["sea"] }, { tags: [] }).kind).toBe("unchanged");
  });

  it("keeps the value that gave way when two writers change one field", () => {
    const theirs = recordOf(update(content({ title: "old" }), { title: "theirs" }, { title: "old" }));
    const outcome = update(theirs, { title: "ours" }, { title: "old" });
    expect(outcome).toMatchObject({
      kind: "merged",
      record: { title: "ours" },
      conflict: { lost: { title: "theirs" } },
    });
  });

  it("keeps an edit of a trashed record in the trash, marked", () => {
    const made = content({ title: "old" });
    const trashed = recordOf(
      applyMutation(contents, made, { collection: "contents", id: made.id, op: "delete" }, client),
    );
    const outcome = update(trashed, { title: "new" }, { title: "old" });
    expect(outcome).toMatchObject({
      kind: "merged",
      record: { title: "new", deletedAt: now },
      conflict: { lost: {} },
    });
  });

  it("refuses to change a fixed field or a record that is not there", () => {
    expect(codeOf(update(content(), { origin: "upload" }))).toBe("field.read-only /origin");
    const missing = applyMutation(
      contents,
      undefined,
      { collection: "contents", id: "x", op: "update", set: {} },
      client,
    );
    expect(codeOf(missing)).toBe("record.missing /id");
  });
});

describe("delete and restore", () => {
  it("are each other's undo and have no effect twice", () => {
    const made = content({ title: "Fox" });
    const step = (record: AnyRecord, op: "delete" | "restore") =>
      applyMutation(contents, record, { collection: "contents", id: made.id, op }, client);
    const trashed = recordOf(step(made, "delete"));
    expect(trashed.deletedAt).toBe(now);
    expect(step(trashed, "delete").kind).toBe("unchanged");
    const back = recordOf(step(trashed, "restore"));
    expect(back).toEqual({ ...made, rev: 3 });
    expect(step(back, "restore").kind).toBe("unchanged");
  });
});

describe("merging, as properties", () => {
  const fields = fc.record(
    {
      title: fc.string({ maxLength: 20 }),
      prompt: fc.string({ maxLength: 20 }),
      star: fc.boolean(),
      tags: fc.uniqueArray(fc.constantFrom("sea", "fox", "amber", "night"), { maxLength: 4 }),
    },
    { requiredKeys: [] },
  );

  it("keeps both of two edits that touch different fields, in either order", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.boolean(), (title, prompt, star) => {
        const base = content({ title: "t", prompt: "p", star: !star });
        const one = { set: { title }, was: { title: "t" } };
        const two = { set: { prompt, star }, was: { prompt: "p", star: !star } };
        const forward = recordOf(update(recordOf(update(base, one.set, one.was)), two.set, two.was));
        const backward = recordOf(update(recordOf(update(base, two.set, two.was)), one.set, one.was));
        expect(forward).toMatchObject({ title, prompt, star });
        expect({ ...forward, rev: 0 }).toEqual({ ...backward, rev: 0 });
      }),
    );
  });

  it("is deterministic, and never mutates what it is given", () => {
    fc.assert(
      fc.property(fields, fields, fields, (first, set, was) => {
        const base = content(first);
        const before: unknown = JSON.parse(JSON.stringify(base));
        const once = update(base, set, was);
        const twice = update(base, set, was);
        expect(once).toEqual(twice);
        expect(base).toEqual(before);
      }),
    );
  });

  it("loses no added tag and brings no removed one back", () => {
    const tagList = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 5 });
    fc.assert(
      fc.property(tagList, tagList, tagList, (was, theirs, ours) => {
        const base = content({ tags: was });
        const other = update(base, { tags: theirs }, { tags: was });
        const merged = recordOf(update(recordOf(other), { tags: ours }, { tags: was }));
        const expected = (["a", "b", "c", "d", "e"] as const).filter((tag) =>
          was.includes(tag)
            ? theirs.includes(tag) && ours.includes(tag)
            : theirs.includes(tag) || ours.includes(tag),
        );
        expect([...(merged["tags"] as string[])].sort()).toEqual(expected);
      }),
    );
  });

  it("never loses a value without naming it in the conflict", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (was, theirs, ours) => {
        fc.pre(theirs !== was && ours !== theirs && ours !== was);
        const base = recordOf(update(content({ title: was }), { title: theirs }));
        const outcome = update(base, { title: ours }, { title: was });
        expect(outcome).toMatchObject({ record: { title: ours }, conflict: { lost: { title: theirs } } });
      }),
    );
  });
});

describe("the two validators", () => {
  it("agree on every record", () => {
    const compiled = createCompiledValidator();
    fc.assert(
      fc.property(fc.record({ title: fc.anything(), star: fc.anything() }, { requiredKeys: [] }), (extra) => {
        const record = { ...content(), ...extra } as AnyRecord;
        expect(compiled(contents, record)?.path).toEqual(interpretedValidator(contents, record)?.path);
      }),
    );
  });
});
