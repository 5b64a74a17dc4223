import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Budget } from "@safelight/shared";
import { type Static, Type } from "@sinclair/typebox";
import { problems } from "../../problem-responses.ts";
import { ledgerCsv } from "../../ledger/core/ledger-csv.ts";
import { type LedgerEntry, nanoOf, usdOf } from "../../ledger/core/ledger-entry.ts";
import { sumSpend } from "../../ledger/core/sum-spend.ts";
import type { Ledger } from "../../ledger/ledger.ts";

const Day = Type.String({
  pattern: "^\\d{4}-\\d{2}-\\d{2}$",
  description: "`2026-01-31`, in the studio's time zone",
});

const Period = Type.Object(
  { from: Type.Optional(Day), to: Type.Optional(Day) },
  { additionalProperties: false },
);

const Grouped = Type.Object(
  {
    ...Period.properties,
    by: Type.Optional(
      Type.Union(
        [
          Type.Literal("day"),
          Type.Literal("month"),
          Type.Literal("provider"),
          Type.Literal("model"),
          Type.Literal("kind"),
        ],
        { default: "day" },
      ),
    ),
  },
  { additionalProperties: false },
);

const Sum = Type.Object({
  key: Type.String(),
  jobs: Type.Integer(),
  usd: Type.Number({ description: "reportedUsd + estimatedUsd" }),
  reportedUsd: Type.Number({ description: "told by providers" }),
  estimatedUsd: Type.Number({ description: "estimated beforehand, where the provider told nothing (yet)" }),
  unknownJobs: Type.Integer({ description: "jobs whose price nobody told; they are not in the sums" }),
});

const BudgetLine = Type.Object({
  budget: Budget,
  spentUsd: Type.Number({ description: "what counts against it now" }),
  leftUsd: Type.Number({ minimum: 0 }),
});

/** What was spent: sums, a table for spreadsheets, and how far the budgets are used. */
export const ledgerRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    "/api/ledger",
    {
      schema: {
        tags: ["money"],
        summary: "What was spent, by day, month, provider, model or kind",
        querystring: Grouped,
        response: {
          200: Type.Object({ timeZone: Type.String(), groups: Type.Array(Sum), total: Sum }),
          ...problems(400, 403),
        },
      },
    },
    async ({ query }, reply) => {
      reply.header("cache-control", "no-store");
      const calendar = app.ledger.calendar();
      const { groups, total } = sumSpend(within(app.ledger, query), query.by ?? "day", calendar);
      return { timeZone: calendar.timeZone, groups: [...groups], total };
    },
  );

  app.get(
    "/api/ledger.csv",
    {
      schema: {
        tags: ["money"],
        summary: "Every job that cost money, as CSV",
        querystring: Period,
        response: { 200: Type.String(), ...problems(400, 403) },
      },
    },
    async ({ query }, reply) => {
      reply.headers({
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": 'attachment; filename="safelight-ledger.csv"',
        "cache-control": "no-store",
      });
      reply.serializer((text: unknown) => String(text));
      return ledgerCsv(within(app.ledger, query), app.ledger.calendar());
    },
  );

  app.get(
    "/api/ledger/budgets",
    {
      schema: {
        tags: ["money"],
        summary: "The budgets, and how much of each is spent",
        description: "Budgets themselves are records: `GET/POST/PATCH/DELETE /api/budgets`.",
        response: {
          200: Type.Object({ timeZone: Type.String(), budgets: Type.Array(BudgetLine) }),
          ...problems(403),
        },
      },
    },
    async (_request, reply) => {
      reply.header("cache-control", "no-store");
      const budgets = app.ledger.budgets().map(({ budget, spentNanoUsd }) => ({
        budget,
        spentUsd: usdOf(spentNanoUsd),
        leftUsd: usdOf(Math.max(0, nanoOf(budget.usd) - spentNanoUsd)),
      }));
      return { timeZone: app.ledger.calendar().timeZone, budgets };
    },
  );
};

function within(ledger: Ledger, { from, to }: Static<typeof Period>): LedgerEntry[] {
  const calendar = ledger.calendar();
  return [...ledger.entries()].filter(({ atMs }) => {
    const day = calendar.dayOf(atMs);
    return (from === undefined || day >= from) && (to === undefined || day <= to);
  });
}
