import type { FastifyInstance } from "fastify";
import type { FakeKit } from "../create-fake-server.ts";
import { FAL_FAKE_PRICES, type FalFakeRun } from "./fal-fake-runs.ts";

/** fal's platform API: prices, its own estimate, and past requests. */
export function addFalPlatform(app: FastifyInstance, { runs }: FakeKit<FalFakeRun>): void {
  app.get<{ Querystring: { endpoint_id: string } }>("/api/v1/models/pricing", ({ query }, reply) => {
    const price = FAL_FAKE_PRICES[query.endpoint_id];
    if (price === undefined) return reply.code(404).send({ error: { message: "Endpoint not found" } });
    const { unit, usd } = price;
    return {
      prices: [{ endpoint_id: query.endpoint_id, unit_price: usd, unit, currency: "USD" }],
      next_cursor: null,
      has_more: false,
    };
  });

  app.post<{ Body: { endpoints: Record<string, { call_quantity: number }> } }>(
    "/api/v1/models/pricing/estimate",
    ({ body }) => {
      const costs = Object.entries(body.endpoints).map(
        ([id, { call_quantity: calls }]) => (FAL_FAKE_PRICES[id]?.usd ?? 0) * calls,
      );
      return {
        estimate_type: "historical_api_price",
        total_cost: costs.reduce((sum, cost) => sum + cost, 0),
        currency: "USD",
      };
    },
  );

  app.get<{ Querystring: { endpoint_id: string; start?: string; expand?: string } }>(
    "/api/v1/models/requests/by-endpoint",
    ({ query }) => {
      const since = Date.parse(query.start ?? "2000-01-01");
      const items = runs
        .all()
        .filter(({ request }) => request.model === query.endpoint_id && Date.parse(request.sentAt) >= since)
        .map(({ id, request }) => ({
          request_id: id,
          endpoint_id: request.model,
          sent_at: request.sentAt,
          started_at: request.sentAt,
          status_code: 200,
          ...(query.expand === "payloads" && { json_input: request.input }),
        }));
      return { items, next_cursor: null, has_more: false };
    },
  );
}
