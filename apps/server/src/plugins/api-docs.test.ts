import { COLLECTION_NAMES } from "@safelight/shared";
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../testing/create-test-app.ts";

interface Operation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { schema?: unknown }>> }>
  >;
}
interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

let studio: TestApp;
let document: ApiDocument;

beforeAll(async () => {
  studio = await createTestApp();
  document = (await studio.request.get("/docs/json").expect(200)).body as ApiDocument;
});

afterAll(async () => {
  await studio.close();
});

/** `GET /api/styles/{id}` and so on, as the router has them. */
function routesOfApp(): readonly string[] {
  const routes = studio.app.printRoutes({ commonPrefix: false, includeHooks: false });
  const found: string[] = [];
  const path: string[] = [];
  for (const line of routes.split("\n")) {
    const match = /^((?:│ {3}| {4})*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (match === null) continue;
    const [, indent = "", part = "", methods = ""] = match;
    path.length = indent.length / 4;
    path.push(part);
    for (const method of methods.split(", ").filter((name) => name !== "" && name !== "HEAD")) {
      found.push(`${method} ${path.join("").replaceAll(/:([A-Za-z0-9]+)/g, "{$1}")}`);
    }
  }
  return found;
}

describe("the OpenAPI document", () => {
  it("is valid OpenAPI 3.1", async () => {
    const { valid, errors } = await new Validator().validate({ ...structuredClone(document) });
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  it("is made of schemas that the validator takes", () => {
    expect(() => {
      while (studio.app.compileNextSchema());
    }).not.toThrow();
  });

  it("has every route of the API", () => {
    const described = new Set(
      Object.entries(document.paths).flatMap(([path, operations]) =>
        Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
      ),
    );
    const routes = routesOfApp().filter((route) => !/ \/docs|\*/.test(route));
    expect(routes.length).toBeGreaterThan(80);
    expect(routes.filter((route) => !described.has(route))).toEqual([]);
    for (const collection of COLLECTION_NAMES) expect(described).toContain(`GET /api/${collection}/{id}`);
  });

  it("says of each what it is for and what it answers, problems included", () => {
    const incomplete = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations)
        .filter(([method]) => method !== "head")
        .filter(([, operation]) => !isComplete(operation))
        .map(([method]) => `${method} ${path}`),
    );
    expect(incomplete).toEqual([]);
  });

  it("has a page that loads its parts from this server alone", async () => {
    const page = await studio.request.get("/docs/").expect(200);
    expect(page.text).toContain("swagger-ui-bundle.js");
    expect(page.text).not.toMatch(/(?:src|href)="https?:/);
    expect(page.text).not.toMatch(/<script>|\son[a-z]+="/);
    const script = await studio.request.get("/docs/static/swagger-ui-bundle.js").expect(200);
    expect(script.headers["content-type"]).toMatch(/javascript/);
  });
});

function isComplete({ summary, tags, responses }: Operation): boolean {
  const statuses = Object.keys(responses);
  return (
    summary !== undefined &&
    tags?.length === 1 &&
    statuses.some((status) => status.startsWith("2")) &&
    statuses.some((status) => status.startsWith("4")) &&
    Object.entries(responses).every(
      ([status, { content }]) => !status.startsWith("2") || Object.keys(content ?? {}).length > 0,
    )
  );
}
