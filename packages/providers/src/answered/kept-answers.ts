import { setTimeout as wait } from "node:timers/promises";
import { Charge, JobError, type JsonObject } from "@safelight/shared";
import { Type, type Static } from "@sinclair/typebox";
import { parseAnswer } from "../http/parse-answer.ts";
import type { AnswerStore } from "../provider-host.ts";
import { ANSWER, CUT, joinParts, keepInParts, type KeptBody, keepWhole } from "./keep-body.ts";
import type { KeptAnswer } from "./kept-answer.ts";

/** Names of what is kept beside an answer. */
const REQUEST = "request";
const CANCELED = "canceled";
const VERDICT = "verdict";
/** Waits before a disk that refused an answer is asked again, in milliseconds. */
const RETRY_PAUSES_MS = [100, 1000];

const Verdict = Type.Object({ error: JobError, charge: Charge });
const KeptRequest = Type.Record(Type.String(), Type.Unknown());

/** Answers of one provider's runs on disk; those that the disk would not take stay in memory. */
export function openKeptAnswers(answers: AnswerStore) {
  const inMemory = new Map<string, { readonly bytes: Uint8Array; readonly isWhole: boolean }>();

  const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  const isKept = async (runId: string, name: string) => (await answers.names(runId)).includes(name);

  /** An answer that is here is paid for: a full disk is no reason to drop it. */
  async function insist(runId: string, { bytes, brokenBy }: KeptBody): Promise<void> {
    const isWhole = brokenBy === undefined;
    inMemory.set(runId, { bytes, isWhole });
    for (const pauseMs of [0, ...RETRY_PAUSES_MS]) {
      try {
        await wait(pauseMs);
        if (!isWhole) await answers.save(runId, CUT, new Uint8Array());
        await answers.save(runId, ANSWER, bytes);
        inMemory.delete(runId);
        return;
      } catch {
        // Tried again; at last the memory holds it until the run is fetched.
      }
    }
  }

  async function read(runId: string): Promise<KeptAnswer | undefined> {
    const held = inMemory.get(runId);
    const bytes = held?.bytes ?? (await answers.read(runId, ANSWER)) ?? (await joinParts(answers, runId));
    if (bytes === undefined) return undefined;
    const isWhole = held?.isWhole ?? ((await isKept(runId, ANSWER)) && !(await isKept(runId, CUT)));
    const request = await answers.read(runId, REQUEST);
    const written = request === undefined ? {} : (parseAnswer(request, KeptRequest) as JsonObject);
    return { runId, request: written, bytes, isWhole };
  }

  return {
    read,
    has: async (runId: string) => (await read(runId)) !== undefined,
    begin: (runId: string, request: JsonObject) => answers.save(runId, REQUEST, encode(request)),
    /** Nothing of an answer that breaks off is kept. */
    async take(runId: string, response: Response): Promise<KeptBody> {
      const taken = await keepWhole(bodyOf(response), (name, body) => answers.save(runId, name, body));
      if (!taken.isKept && taken.brokenBy === undefined) await insist(runId, taken);
      return taken;
    },
    /** What came before a break is kept, unless that is nothing. */
    async takeStream(
      runId: string,
      response: Response,
      onBytes: (bytes: Uint8Array) => void,
    ): Promise<KeptBody> {
      const save = (name: string, part: Uint8Array) => answers.save(runId, name, part);
      const taken = await keepInParts(bodyOf(response), save, onBytes);
      if (taken.bytes.byteLength > 0 || taken.brokenBy === undefined) await insist(runId, taken);
      return taken;
    },
    markCanceled: (runId: string) => answers.save(runId, CANCELED, new Uint8Array()),
    isCanceled: (runId: string) => isKept(runId, CANCELED),
    settle: (runId: string, verdict: Static<typeof Verdict>) => answers.save(runId, VERDICT, encode(verdict)),
    async verdict(runId: string): Promise<Static<typeof Verdict> | undefined> {
      const bytes = await answers.read(runId, VERDICT);
      return bytes === undefined ? undefined : parseAnswer(bytes, Verdict);
    },
    async drop(runId: string): Promise<void> {
      inMemory.delete(runId);
      await answers.drop(runId);
    },
  };
}

function bodyOf(response: Response): AsyncIterable<Uint8Array> {
  return response.body ?? new Blob([]).stream();
}
