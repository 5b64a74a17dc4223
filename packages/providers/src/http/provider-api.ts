import type { Static, TSchema } from "@sinclair/typebox";
import type { ProviderHost } from "../provider-host.ts";
import type { Answer } from "./answer.ts";
import { parseAnswer } from "./parse-answer.ts";
import { readAnswer, type ReadCall, readJson } from "./read-answer.ts";
import { lost, submitOnce, type SubmitCall } from "./submit-once.ts";

type Headerless<C extends ReadCall | SubmitCall> = Omit<C, "fetch" | "name" | "secrets" | "init"> & {
  readonly method?: string;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is; `headers` name its type. */
  readonly body?: NonNullable<RequestInit["body"]>;
  readonly headers?: Readonly<Record<string, string>>;
};
export type ApiSubmit = Headerless<SubmitCall> & { readonly maxBytes?: number };
export type ApiRead = Headerless<ReadCall>;

/** An answer with its JSON. */
export type Parsed<S extends TSchema> = Answer & { readonly body: Static<S> };

export interface ProviderApiOptions {
  /** The provider's name, for messages. */
  readonly name: string;
  readonly fetch: ProviderHost["fetch"];
  /** Headers of every call, the key among them. Throws `provider.not-configured` while there is none. */
  readonly authorize: () => Readonly<Record<string, string>>;
  /** Values that no message may hold. */
  readonly secrets: () => readonly (string | undefined)[];
}

/** Calls of one provider's API, with its key, and failures as `ProviderError`. */
export interface ProviderApi {
  /** One paid POST, never retried; a 2xx that is not as agreed is `submit.lost`. */
  submit<S extends TSchema>(schema: S, call: ApiSubmit): Promise<Parsed<S>>;
  /** The same with the answer as it came, for those that carry the result. */
  submitRaw(call: ApiSubmit): Promise<Answer>;
  /** What costs nothing and may be sent again: status, result, cancel, uploads. */
  read<S extends TSchema>(schema: S, call: ApiRead): Promise<Parsed<S>>;
  readRaw(call: ApiRead): Promise<Answer>;
}

export function createProviderApi(options: ProviderApiOptions): ProviderApi {
  const { name, fetch, authorize, secrets } = options;

  function complete<C extends Headerless<ReadCall> | Headerless<SubmitCall>>(call: C) {
    const { method, json, body, headers, ...rest } = call;
    const sent = json === undefined ? body : JSON.stringify(json);
    const init = {
      ...(method !== undefined && { method }),
      ...(sent !== undefined && { body: sent }),
      headers: {
        ...authorize(),
        accept: "application/json",
        ...(json !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
    };
    return { ...rest, name, fetch, secrets: secrets(), init };
  }

  return {
    async submit(schema, call) {
      const answer = await submitOnce(complete(call));
      try {
        return { ...answer, body: parseAnswer(answer.bytes, schema) };
      } catch (error) {
        throw lost(`${name} took the request, but its answer cannot be read.`, error);
      }
    },
    submitRaw: async (call) => submitOnce(complete(call)),
    read: async (schema, call) => readJson({ ...complete(call), schema }),
    readRaw: async (call) => readAnswer(complete(call)),
  };
}
