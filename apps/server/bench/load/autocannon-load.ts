import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { CONNECTIONS, type LoadGenerator } from "./load-generator.ts";

export interface AutocannonOrder {
  readonly url: string;
  readonly body?: string;
  readonly connections: number;
  readonly seconds: number;
}

export type AutocannonAnswer = { readonly rate: number } | { readonly fault: string };

/**
 * autocannon in a process of its own, for machines without wrk. It costs about as much as a small server does: a fast
 * server waits for it, and ratios to fast peers come out nearer to 1 than they are.
 */
export function createAutocannonLoad(seconds: number): LoadGenerator {
  const child = fork(fileURLToPath(new URL("autocannon-child.ts", import.meta.url)));
  return {
    name: "autocannon",
    async run(load) {
      child.send({ ...load, seconds, connections: CONNECTIONS } satisfies AutocannonOrder);
      const [answer] = (await once(child, "message")) as [AutocannonAnswer];
      if ("fault" in answer) throw new Error(answer.fault);
      return answer.rate;
    },
    close: () => child.disconnect(),
  };
}
