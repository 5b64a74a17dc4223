import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A server in a process of its own, on a free loopback port. */
export interface ServerChild {
  readonly url: string;
  /** Resolves when it is gone. */
  stop(): Promise<void>;
}

/** Starts a script of this folder that sends its address once it listens and ends when its channel closes. */
export async function startServerChild(script: string, parameters: readonly string[]): Promise<ServerChild> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), parameters);
  const exit = once(child, "exit");
  const url = await Promise.race([
    once(child, "message").then(([message]: unknown[]) => message),
    exit.then(() => undefined),
  ]);
  if (typeof url !== "string") throw new Error(`${script} ended before it listened.`);
  return {
    url,
    async stop() {
      child.disconnect();
      await exit;
    },
  };
}
