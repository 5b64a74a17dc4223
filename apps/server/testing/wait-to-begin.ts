/** Preloaded before `main.ts`: loads what it will need, then waits until it is told on standard input to begin. */
import { once } from "node:events";
import { flushCompileCache } from "node:module";
import "../src/start-studio.ts";

// A process that is killed does not do that at its end.
flushCompileCache();
await once(process.stdin, "data");
process.stdin.destroy();
