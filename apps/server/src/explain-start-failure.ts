import { StoreError } from "@safelight/store";
import { ConfigError } from "./config.ts";
import { SecretsError } from "./providers/studio-secrets.ts";

/** Why the server did not start, for the person at the terminal: what to do where we know it, the whole error else. */
export function explainStartFailure(error: unknown): string {
  const isExplained =
    error instanceof ConfigError || error instanceof StoreError || error instanceof SecretsError;
  if (isExplained) return error.message;
  if (!(error instanceof Error)) return `The server could not start: ${String(error)}`;
  const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  switch (code) {
    case "EADDRINUSE":
      return `Another program already listens on ${address}:${port}. Stop it, or set PORT to another number.`;
    case "EACCES":
      return port === undefined
        ? `Permission denied: ${error.message}`
        : `Listening on port ${port} is not permitted. Set PORT to a number above 1023.`;
    case "EADDRNOTAVAIL":
      return `This machine has no address ${address}. Set HOST to one that it has.`;
    case undefined:
    default:
      return `The server could not start.\n${error.stack ?? error.message}`;
  }
}
