import type { FastifyInstance } from "fastify";
import fastifyPlugin from "fastify-plugin";
import { type AnswerQueue, createAnswerQueue } from "./answer-queue.ts";

declare module "fastify" {
  interface FastifyInstance {
    readonly answerQueue: AnswerQueue;
  }
}

/** Gives `sendReady` one queue for the whole server. */
export const answerQueuePlugin = fastifyPlugin(
  async (app: FastifyInstance) => {
    app.decorate("answerQueue", createAnswerQueue());
  },
  { name: "answer-queue" },
);
