import type { FastifyInstance } from "fastify";
import fp from "fastify-plugin";
import { COLLECTION_NAMES } from "@safelight/shared";
import { createPageMemory } from "../../records/page-memory.ts";
import { createRecordIndexes } from "./record-indexes.ts";
import { registerRecordReads } from "./record-reads.ts";
import { registerRecordWrites } from "./record-writes.ts";

/** `/api/<collection>` for every collection of the registry. */
async function register(app: FastifyInstance): Promise<void> {
  const indexes = createRecordIndexes(app.store);
  const pages = createPageMemory<string>(app.store);
  app.addHook("onClose", async () => indexes.close());
  for (const collection of COLLECTION_NAMES) {
    registerRecordReads(app, { indexes, pages }, collection);
    registerRecordWrites(app, collection);
  }
}

export const recordRoutes = fp(register, {
  name: "record-routes",
  fastify: "5.x",
  decorators: { fastify: ["store"] },
  dependencies: ["problem-documents", "typed-parameters", "json-body"],
});
