import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type { FastifyInstance } from "fastify";
import fp from "fastify-plugin";
import { HealthReport } from "./health-report-schema.ts";
import { healthReport } from "./health-report.ts";

/** `/health`, and the same under `/api`. */
async function register(instance: FastifyInstance): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  for (const url of ["/health", "/api/health"]) {
    app.get(
      url,
      {
        schema: {
          tags: ["health"],
          summary: "How the studio is",
          response: { 200: HealthReport },
        },
      },
      async (_request, reply) => {
        reply.header("cache-control", "no-store");
        return healthReport(app.store.health(), process.uptime());
      },
    );
  }
}

export const healthRoutes = fp(register, {
  name: "health-routes",
  fastify: "5.x",
  decorators: { fastify: ["store"] },
  dependencies: ["problem-documents"],
});
