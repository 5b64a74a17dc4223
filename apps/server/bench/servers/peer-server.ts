/** What the studio is measured against, as bare Fastify routes: `node peer-server.ts FOLDER`. */
import type { JsonObject } from "@safelight/shared";
import { v7 as uuidv7 } from "uuid";
import Fastify from "fastify";
import { openSqlitePeer } from "../../../../packages/store/bench/peers/sqlite-peer.ts";
import { NewJob } from "../../src/features/jobs/create-job.ts";

const BODY_LIMIT = 64 * 1024 * 1024;
const JSON_TYPE = "application/json; charset=utf-8";

const sqlite = openSqlitePeer(process.argv[2] ?? "", 0);
const app = Fastify({ bodyLimit: BODY_LIMIT });
let bytes = "";
let page: unknown;
let jobs = 0;

app.get("/hello", async () => ({ hello: "world" }));

app.post<{ Body: JsonObject }>("/jobs", { schema: { body: NewJob } }, async (request, reply) => {
  const at = new Date().toISOString();
  const id = `job-${uuidv7()}`;
  const job = {
    id,
    rev: 1,
    createdAt: at,
    updatedAt: at,
    number: (jobs += 1),
    ...request.body,
    status: "queued",
    charge: { state: "none" },
    results: [],
  };
  await sqlite.upsert(id, job);
  return reply.code(201).send(job);
});

app.put("/bytes", async ({ body }) => {
  bytes = JSON.stringify(body);
  return { sizeBytes: Buffer.byteLength(bytes) };
});
app.get("/bytes", async (_request, reply) => reply.type(JSON_TYPE).send(bytes));

app.put("/page", async ({ body }) => {
  page = body;
  return {};
});
app.get("/page", async (_request, reply) => reply.type(JSON_TYPE).send(JSON.stringify(page)));

process.once("disconnect", () => {
  void app.close().then(() => sqlite.close());
});
process.send?.(await app.listen({ host: "127.0.0.1", port: 0 }));
