import { randomBytes } from "node:crypto";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { Type } from "@sinclair/typebox";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import { createFailureThrottle } from "../auth/failure-throttle.ts";
import { loginPage } from "../auth/login-page.ts";
import { createSessionCookies, sameSecret } from "../auth/session-cookie.ts";
import { ProblemError } from "../problem-error.ts";
import { isApiPath, isWebhookPath } from "./request-guard.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Path with a key that signs one browser in, once; `undefined` when no token is asked for. */
    readonly loginPath: string | undefined;
  }
}

/** Asks every call of the API for the token: as a bearer token, or as the cookie that `/login` gives for it. */
async function register(app: FastifyInstance): Promise<void> {
  const { token, port } = app.config;
  const key = randomBytes(24).toString("base64url");
  app.decorate("loginPath", token === undefined ? undefined : `/login?key=${key}`);
  if (token === undefined) return;

  const cookies = createSessionCookies(token, `safelight_${port}`);
  const throttle = createFailureThrottle(() => Date.now());

  const checkSecret: Login["checkSecret"] = (reply, given, secret) => {
    const { ip } = reply.request;
    if (throttle.isBlocked(ip)) {
      reply.header("retry-after", "60");
      throw new ProblemError(
        429,
        "auth.throttled",
        "Too many wrong tokens from this address. Wait a minute.",
      );
    }
    const right = secret !== undefined && sameSecret(given, secret);
    if (!right) throttle.countFailure(ip);
    return right;
  };

  app.addHook("onRequest", async (request, reply) => {
    const isApi = isApiPath(request.url);
    if (isWebhookPath(request.url) || (!isApi && !isPageOfApp(request))) return;
    const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
    if (bearer !== undefined && checkSecret(reply, bearer, token)) return;
    const login = cookies.check(request.headers.cookie, Date.now());
    if (login === "renew") reply.header("set-cookie", cookies.issue(Date.now()));
    if (login !== "absent") return;
    if (!isApi) return reply.redirect("/login", 303);
    reply.header("www-authenticate", "Bearer");
    throw new ProblemError(
      401,
      "auth.needed",
      "Sign in at /login, or send the token as `Authorization: Bearer`.",
    );
  });

  const signIn = (reply: FastifyReply) =>
    reply
      .header("set-cookie", cookies.issue(Date.now()))
      .header("cache-control", "no-store")
      .redirect("/", 303);
  await app.register((scope) => registerLogin(scope, { key, token, checkSecret, signIn }));
}

/** Whether somebody opens the app in a browser; its files hold no data and are free. */
function isPageOfApp({ method, url, headers }: FastifyRequest): boolean {
  return method === "GET" && headers.accept?.includes("text/html") === true && !url.startsWith("/login");
}

interface Login {
  readonly key: string;
  readonly token: string;
  /** Throws a 429 problem when the address that asks has failed too often. */
  readonly checkSecret: (reply: FastifyReply, given: string, secret: string | undefined) => boolean;
  readonly signIn: (reply: FastifyReply) => FastifyReply;
}

async function registerLogin(instance: FastifyInstance, login: Login): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  let unusedKey: string | undefined = login.key;
  const showPage = (reply: FastifyReply, status: number, message: string) =>
    reply
      .code(status)
      .header("cache-control", "no-store")
      .type("text/html; charset=utf-8")
      .send(loginPage(message));

  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string", bodyLimit: 4096 },
    async (_request: FastifyRequest, text: string) => Object.fromEntries(new URLSearchParams(text)),
  );

  app.get(
    "/login",
    {
      schema: {
        hide: true,
        querystring: Type.Object({ key: Type.Optional(Type.String({ maxLength: 100 })) }),
      },
    },
    async (request, reply) => {
      const { key } = request.query;
      if (key === undefined) return showPage(reply, 200, "Enter the token that the studio was started with.");
      if (!login.checkSecret(reply, key, unusedKey)) {
        return showPage(
          reply,
          401,
          "This link has been used, or is of an earlier start. Enter the token instead.",
        );
      }
      unusedKey = undefined;
      return login.signIn(reply);
    },
  );

  app.post(
    "/login",
    {
      schema: {
        hide: true,
        body: Type.Object({ token: Type.String({ maxLength: 200 }) }, { additionalProperties: false }),
      },
    },
    async (request, reply) =>
      login.checkSecret(reply, request.body.token, login.token)
        ? login.signIn(reply)
        : showPage(reply, 401, "That is not the token."),
  );
}

export const tokenAuth = fp(register, {
  name: "token-auth",
  fastify: "5.x",
  decorators: { fastify: ["config"] },
  dependencies: ["problem-documents", "request-guard"],
});
