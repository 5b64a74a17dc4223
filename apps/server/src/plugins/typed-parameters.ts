import { isJsonObject } from "@safelight/shared";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import fp from "fastify-plugin";

/**
 * Values in a path and a query are text. Where a route's schema says number or boolean, text that is plainly one becomes
 * one before validation; anything else stays text, and the validator refuses it.
 */
async function register(app: FastifyInstance): Promise<void> {
  app.addHook("onRoute", (route) => {
    const query = typedNames(route.schema?.querystring);
    const params = typedNames(route.schema?.params);
    if (query.size === 0 && params.size === 0) return;
    // No promise: this runs for every request.
    const convert = (request: FastifyRequest, _reply: FastifyReply, done: () => void) => {
      if (query.size > 0) convertValues(request.query, query);
      if (params.size > 0) convertValues(request.params, params);
      done();
    };
    route.preValidation = [convert, ...[route.preValidation ?? []].flat()];
  });
}

type Converter = "number" | "boolean";

function typedNames(schema: unknown): ReadonlyMap<string, Converter> {
  const names = new Map<string, Converter>();
  if (typeof schema !== "object" || schema === null || !("properties" in schema)) return names;
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const converter = converterOf(property);
    if (converter !== undefined) names.set(name, converter);
  }
  return names;
}

function converterOf(schema: unknown): Converter | undefined {
  if (!isJsonObject(schema)) return undefined;
  const { type, anyOf } = schema;
  if (type === "integer" || type === "number") return "number";
  if (type === "boolean") return "boolean";
  return Array.isArray(anyOf) ? converterOf(anyOf[0]) : undefined;
}

function convertValues(values: unknown, names: ReadonlyMap<string, Converter>): void {
  if (typeof values !== "object" || values === null) return;
  for (const [name, converter] of names) {
    const text: unknown = Reflect.get(values, name);
    if (typeof text !== "string") continue;
    if (converter === "number" && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text))
      Reflect.set(values, name, Number(text));
    if (converter === "boolean" && (text === "true" || text === "false")) {
      Reflect.set(values, name, text === "true");
    }
  }
}

export const typedParameters = fp(register, { name: "typed-parameters", fastify: "5.x" });
