/** The parts of `process` that a shutdown needs. */
interface ProcessPort {
  readonly on: (event: string, listener: (...details: unknown[]) => void) => unknown;
  readonly exit: (code: number) => void;
}

export interface ShutdownOptions {
  readonly process: ProcessPort;
  /** Ends the work in good order; called once. */
  readonly close: () => Promise<void>;
  readonly reportFault: (fault: unknown, message: string) => void;
  /** How long `close` may take before the process ends anyway, in milliseconds. */
  readonly deadlineMs: number;
  /** A clock that never goes back, in milliseconds. */
  readonly nowMs: () => number;
}

/** One Ctrl-C arrives several times when a parent passes it on to a group that has it already. */
const SAME_SIGNAL_MS = 500;

/**
 * Ends the process in good order: with 0 after a signal, with 1 after a fault that nobody caught or a close that failed
 * or took too long. A second signal ends it at once.
 */
export function installShutdown(options: ShutdownOptions): void {
  const { process, close, reportFault, deadlineMs, nowMs } = options;
  let closingSinceMs: number | undefined;

  const end = async (exitCode: number): Promise<void> => {
    closingSinceMs = nowMs();
    const deadline = setTimeout(() => {
      reportFault(undefined, `closing took longer than ${deadlineMs} ms; ending anyway`);
      process.exit(1);
    }, deadlineMs);
    try {
      await close();
      process.exit(exitCode);
    } catch (fault) {
      reportFault(fault, "closing failed");
      process.exit(1);
    } finally {
      clearTimeout(deadline);
    }
  };

  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143 })) {
    process.on(signal, () => {
      if (closingSinceMs === undefined) void end(0);
      else if (nowMs() - closingSinceMs > SAME_SIGNAL_MS) process.exit(code);
    });
  }
  for (const event of ["uncaughtException", "unhandledRejection"]) {
    process.on(event, (fault) => {
      reportFault(fault, event);
      if (closingSinceMs === undefined) void end(1);
    });
  }
}
