import { type Static, Type } from "@sinclair/typebox";
import { ACTIVE_JOB_STATUSES, type Job, JobKind, JobStatus } from "../records/job.ts";
import { foldText, hasTerms, termsOf } from "../search/fold-text.ts";

const Moment = Type.String({ format: "date-time", description: "ISO 8601" });
const Usd = Type.Number({ minimum: 0, description: "US dollars" });

/** Which jobs a list or an export holds; what is left out does not matter. */
export const JobChoice = Type.Object({
  status: Type.Optional(
    Type.Union([JobStatus, Type.Literal("active")], {
      description: "`active`: those that move on by themselves",
    }),
  ),
  kind: Type.Optional(JobKind),
  provider: Type.Optional(Type.String({ maxLength: 200 })),
  model: Type.Optional(Type.String({ maxLength: 200 })),
  batchId: Type.Optional(Type.String({ maxLength: 128 })),
  from: Type.Optional(Moment),
  to: Type.Optional(Moment),
  minUsd: Type.Optional(Usd),
  maxUsd: Type.Optional(Usd),
  charge: Type.Optional(Type.Literal("unknown", { description: "jobs whose price nobody told" })),
  search: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 500,
      description: "words that are all found in prompt, negative prompt, model, error or id",
    }),
  ),
});
export type JobChoice = Static<typeof JobChoice>;

type Test = (job: Job) => boolean;

/**
 * A test for what is asked for; `undefined` when that is everything. `from` is inside, `to` is not; `minUsd` and `maxUsd`
 * both are, and a job of unknown price is outside of either. `textMatcher` may know the texts already.
 */
export function jobMatcher(
  choice: JobChoice,
  textMatcher: (query: string) => Test = plainTextMatcher,
): Test | undefined {
  const { status, kind, provider, model, batchId, from, to, minUsd, maxUsd, charge, search } = choice;
  const tests: Test[] = [];
  if (status === "active") tests.push((job) => ACTIVE_JOB_STATUSES.has(job.status));
  else if (status !== undefined) tests.push((job) => job.status === status);
  if (kind !== undefined) tests.push((job) => job.kind === kind);
  if (provider !== undefined) tests.push((job) => job.provider === provider);
  if (model !== undefined) tests.push((job) => job.model === model);
  if (batchId !== undefined) tests.push((job) => job.batchId === batchId);
  if (charge !== undefined) tests.push((job) => job.charge.state === charge);
  if (minUsd !== undefined) tests.push((job) => (knownCostOf(job) ?? -1) >= minUsd);
  if (maxUsd !== undefined) tests.push((job) => (knownCostOf(job) ?? Infinity) <= maxUsd);
  if (from !== undefined) {
    const first = isoOf(from);
    tests.push(({ createdAt }) => createdAt >= first);
  }
  if (to !== undefined) {
    const end = isoOf(to);
    tests.push(({ createdAt }) => createdAt < end);
  }
  if (search !== undefined) tests.push(textMatcher(search));
  const [only] = tests;
  return tests.length <= 1 ? only : (job) => tests.every((test) => test(job));
}

/** Everything that a search looks through, folded; the prompt comes first. */
export function jobSearchText({ prompt, negativePrompt, model, error, id }: Job): string {
  return foldText([prompt, negativePrompt, model, error?.message, id].filter(Boolean).join("\n"));
}

/** What a job cost in US dollars, as far as somebody told; 0 for one that costs nothing. */
export function knownCostOf({ charge }: Pick<Job, "charge">): number | undefined {
  if (charge.state === "none") return 0;
  return charge.state === "unknown" ? undefined : charge.usd;
}

function plainTextMatcher(query: string): Test {
  const terms = termsOf(query);
  return (job) => hasTerms(jobSearchText(job), terms);
}

/** Times of records are in UTC to the millisecond, so that their texts compare as times do. */
function isoOf(moment: string): string {
  return new Date(moment).toISOString();
}
