import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import { ProblemError } from "../problem-error.ts";
import { sendProblem } from "./problem-documents.ts";

/** Answers an address that no route has; the first of these to answer does, and a problem document else. */
type UnknownRouteAnswer = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined;

declare module "fastify" {
  interface FastifyInstance {
    /** Adds a fallback for addresses without a route, such as the pages of the app. */
    readonly answerUnknownRoute: (answer: UnknownRouteAnswer) => void;
  }
}

interface KnownRoute {
  readonly segments: readonly string[];
  readonly methods: Set<string>;
}

/** 404 for addresses that no route has, 405 with `Allow` where a route has other methods. */
async function register(app: FastifyInstance): Promise<void> {
  const routes = new Map<string, KnownRoute>();
  const answers: UnknownRouteAnswer[] = [];
  app.decorate("answerUnknownRoute", (answer: UnknownRouteAnswer) => void answers.push(answer));
  app.addHook("onRoute", ({ url, method }) => {
    if (url === "/*" || url === "*") return;
    const route = routes.get(url) ?? { segments: url.split("/"), methods: new Set<string>() };
    routes.set(url, route);
    for (const name of [method].flat()) route.methods.add(name);
  });
  app.setNotFoundHandler((request, reply) => {
    for (const answer of answers) {
      const answered = answer(request, reply);
      if (answered !== undefined) return answered;
    }
    const methods = methodsAt([...routes.values()], request.url);
    if (methods.length > 0) reply.header("allow", methods.join(", "));
    return sendProblem(reply, problemOf(request.method, methods));
  });
}

function methodsAt(routes: readonly KnownRoute[], url: string): readonly string[] {
  const segments = url.replace(/[?#].*$/, "").split("/");
  const found = routes.filter((route) => fits(route.segments, segments));
  return [...new Set(found.flatMap((route) => [...route.methods]))].sort();
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  if (pattern.at(-1) !== "*" && pattern.length !== segments.length) return false;
  return pattern.every((part, index) => {
    if (part === "*") return true;
    const segment = segments[index];
    return part.startsWith(":") ? segment !== undefined && segment !== "" : part === segment;
  });
}

function problemOf(method: string, methods: readonly string[]): ProblemError {
  return methods.length === 0
    ? new ProblemError(404, "route.unknown", "There is nothing at this address; /docs lists what there is.")
    : new ProblemError(
        405,
        "route.method",
        `This address does not take ${method}, but ${methods.join(", ")}.`,
      );
}

export const unknownRoutes = fp(register, {
  name: "unknown-routes",
  fastify: "5.x",
  dependencies: ["problem-documents"],
});
