import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";

let server: TestApp;

const start = async () => {
  server = await createTestApp();
};
const stop = () => server.close();

type Kind = "messages" | "components" | "interactions";

const post = (kind: Kind, body: object, session = "123") =>
  server.request.post(`/api/sessions/${session}/${kind}`).send(body);
const list = async (kind: Kind, session = "123") =>
  (await server.request.get(`/api/sessions/${session}/${kind}`).expect(200)).body;

describe("the older editor's sessions", () => {
  beforeEach(start);
  afterEach(stop);

  it("keep a conversation as its document's data flow has it", async () => {
    for (const kind of ["messages", "components", "interactions"] as const)
      expect(await list(kind)).toEqual([]);
    expect(server.store.get("editorSessions", "123")).toBeUndefined();

    // User input, then the answer, then the component that was made of it.
    const asked = await post("messages", {
      role: "user",
      content: "A login form",
      metadata: { draft: 1 },
    }).expect(201);
    expect(asked.body).toMatchObject({
      id: expect.stringMatching(/^msg-[0-9a-f-]{36}$/),
      sessionId: "123",
      role: "user",
      content: "A login form",
      metadata: { draft: 1 },
      rev: 1,
    });
    expect(server.store.get("editorSessions", "123")).toMatchObject({ name: "Session 123", rev: 1 });
    expect(server.store.cursor().seq).toBe(1);
    const answered = await post("messages", { role: "assistant", content: "Here it is." }).expect(201);
    const interaction = await post("interactions", {
      prompt: "A login form",
      response: "Here it is.",
      metadata: { model: "built-in", tokens: 12 },
    }).expect(201);
    const component = await post("components", {
      name: "LoginForm",
      jsxCode: "<form />",
      cssCode: "form { margin: 0 }",
      metadata: { framework: "react" },
    }).expect(201);
    expect(component.body).toMatchObject({ name: "LoginForm", jsx: "<form />", css: "form { margin: 0 }" });

    expect(await list("messages")).toEqual([asked.body, answered.body]);
    expect(await list("interactions")).toEqual([interaction.body]);
    expect(await list("components")).toEqual([component.body]);
    expect(await list("messages", "124")).toEqual([]);
    expect(server.store.count("editorSessions")).toBe(1);
  });

  it("keep the order in which things came, however fast", async () => {
    const contents = Array.from({ length: 12 }, (_, index) => `message ${index}`);
    for (const content of contents) await post("messages", { role: "user", content }).expect(201);
    const listed = await list("messages");
    expect(listed.map((message: { content: string }) => message.content)).toEqual(contents);
    const between = { role: "user", content: "between", sortKey: `${listed[0].sortKey}V` };
    await post("messages", between).expect(201);
    expect((await list("messages"))[1].content).toBe("between");
    await post("messages", { role: "user", content: "odd", sortKey: "~~" }).expect(201);
    await post("messages", { role: "user", content: "last" }).expect(201);
    expect((await list("messages")).at(-1).content).toBe("last");
  });

  it("have one effect when a message is sent twice under one id, and refuse another under it", async () => {
    const body = { id: "m-1", role: "user", content: "hello", createdAt: "2025-01-31T12:00:00.000Z" };
    const first = await post("messages", body).expect(201);
    expect(first.body.createdAt).toBe(body.createdAt);
    const { seq } = server.store.cursor();
    const second = await post("messages", body).expect(201);
    expect(second.body).toEqual(first.body);
    const other = await post("messages", { ...body, content: "other" }).expect(409);
    expect(other.body).toMatchObject({ code: "record.exists" });
    await post("messages", body, "124").expect(409);
    expect(server.store.cursor().seq).toBe(seq);
    expect(server.store.get("editorSessions", "124")).toBeUndefined();
  });

  it("come out of the trash when somebody works in them, and hide what is in it", async () => {
    const made = await post("messages", { role: "user", content: "one" }).expect(201);
    await server.request.delete("/api/editorSessions/123").expect(200);
    await server.request.delete(`/api/messages/${made.body.id}`).expect(200);
    await post("messages", { role: "user", content: "two" }).expect(201);
    expect(server.store.get("editorSessions", "123")?.deletedAt).toBeUndefined();
    expect(await list("messages")).toMatchObject([{ content: "two" }]);
  });

  it.each(["..%2f..%2fx", "%2e%2e", "a b", "x".repeat(200)])("refuse the session id %s", async (session) => {
    const answers = [
      await server.request.get(`/api/sessions/${session}/messages`),
      await post("messages", { role: "user", content: "x" }, session),
    ];
    for (const { status } of answers) expect([400, 404]).toContain(status);
    expect(server.store.cursor().seq).toBe(0);
  });
});

describe("what the editor refuses", () => {
  beforeAll(start);
  afterAll(stop);

  const bad: [Kind, object, string][] = [
    ["messages", { role: "robot", content: "x" }, "/role"],
    ["messages", { content: "x" }, "/role"],
    ["messages", { role: "user" }, "/content"],
    ["messages", { role: "user", content: 5 }, "/content"],
    ["messages", { role: "user", content: "x", mood: "good" }, "/mood"],
    ["messages", { role: "user", content: "x", id: "../x" }, "/id"],
    ["messages", { role: "user", content: "x".repeat(100_001) }, "/content"],
    ["components", { name: "A", css: "a {}" }, "/jsx"],
    ["components", { jsx: "<a />", jsxCode: "<b />" }, "/jsxCode"],
    ["components", { jsx: "<a />", html: "" }, "/html"],
    ["interactions", { response: "x" }, "/prompt"],
    ["interactions", { prompt: "x", response: null }, "/response"],
  ];
  it.each(bad)("refuse %s %j with its place", async (kind, body, path) => {
    const answer = await post(kind, body).expect(400);
    expect(answer.body).toMatchObject({ code: "request.invalid", status: 400 });
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toContain(path);
    expect(server.store.cursor().seq).toBe(0);
  });
});
