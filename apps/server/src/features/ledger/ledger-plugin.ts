import type { FastifyInstance } from "fastify";
import fp from "fastify-plugin";
import { createLedger, type Ledger } from "../../ledger/ledger.ts";
import { ledgerRoutes } from "./ledger-routes.ts";

declare module "fastify" {
  interface FastifyInstance {
    readonly ledger: Ledger;
  }
}

async function register(app: FastifyInstance): Promise<void> {
  app.decorate("ledger", createLedger(app.store, Date.now));
  await app.register(ledgerRoutes);
}

/** What jobs cost, and the budgets that they are held to. */
export const ledgerPlugin = fp(register, {
  name: "ledger",
  fastify: "5.x",
  decorators: { fastify: ["store"] },
});
