import { request as httpRequest } from "node:http";
import type { TestApp } from "./create-test-app.ts";

/** A request that is to be refused. */
export interface Attempt {
  readonly what: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly status: number;
  readonly code: string;
  /** Place of the first error. */
  readonly at?: string;
}

export const jsonHeaders = { "content-type": "application/json" };

/** What becomes of it: of the errors' places, the one that it names. */
export async function outcomeOf(studio: TestApp, attempt: Attempt) {
  const before = studio.store.cursor().seq;
  const { status, type, body } = await send(studio.url, attempt);
  const errors = (body["errors"] ?? []) as readonly { readonly path: string }[];
  return {
    contentType: type.split(";")[0],
    problem: { status, type: body["type"], code: body["code"], hasTitle: typeof body["title"] === "string" },
    at: errors.find(({ path }) => path === attempt.at)?.path,
    commits: studio.store.cursor().seq - before,
  };
}

/** What should become of it: a problem, and nothing else. */
export function refusalOf({ status, code, at }: Attempt): Awaited<ReturnType<typeof outcomeOf>> {
  return {
    contentType: "application/problem+json",
    problem: { status, type: `urn:safelight:problem:${code}`, code, hasTitle: true },
    at,
    commits: 0,
  };
}

/** `fetch` sets `Host` and the path by itself; this sends both as they are. */
function send(url: string, { method = "POST", path = "/api/styles", headers = jsonHeaders, body }: Attempt) {
  return new Promise<{ status: number; type: string; body: Record<string, unknown> }>((resolve, reject) => {
    const outgoing = httpRequest(url, { method, path, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => {
        const type = response.headers["content-type"] ?? "";
        resolve({
          status: response.statusCode ?? 0,
          type,
          body: JSON.parse(text) as Record<string, unknown>,
        });
      });
    });
    outgoing.on("error", reject).end(body);
  });
}
