import { AjvCompiler, type BuildCompilerFromPool } from "@fastify/ajv-compiler";
import type { FastifyRouteSchemaDef, FastifyValidationResult } from "fastify/types/schema.js";

export interface LazyValidators {
  /** For Fastify's `schemaController.compilersFactory`. */
  readonly buildValidator: BuildCompilerFromPool;
  /** Compiles one that no request has asked for yet; `false` when there is none left. Throws for a schema that is not one. */
  readonly compileNext: () => boolean;
}

type Compile = (route: FastifyRouteSchemaDef<unknown>) => FastifyValidationResult;

/** Compiles a route's schemas when its first request comes: that is most of the time that building the app takes. */
export function createLazyValidators(): LazyValidators {
  const pending: (() => unknown)[] = [];
  const buildCompiler = AjvCompiler();
  const buildValidator = (...options: Parameters<BuildCompilerFromPool>) => {
    // The declared types speak of bare schemas; what is passed is the route's description around one.
    const compile = buildCompiler(...options) as unknown as Compile;
    return (route: FastifyRouteSchemaDef<unknown>): FastifyValidationResult => {
      let compiled: FastifyValidationResult | undefined;
      const compiledNow = () => (compiled ??= compile(route));
      pending.push(compiledNow);
      const validate: FastifyValidationResult = (data) => {
        const check = compiledNow();
        const result = check(data);
        validate.errors = check.errors ?? null;
        return result;
      };
      return validate;
    };
  };
  return {
    buildValidator: buildValidator as unknown as BuildCompilerFromPool,
    compileNext: () => {
      const compiledNow = pending.pop();
      compiledNow?.();
      return compiledNow !== undefined;
    },
  };
}
