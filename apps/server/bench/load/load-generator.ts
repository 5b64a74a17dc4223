/** One request, repeated by every connection as soon as the one before is answered. */
export interface Load {
  readonly url: string;
  /** JSON body of a POST; left out, a GET. */
  readonly body?: string;
}

/** Puts a server under load from a process of its own. */
export interface LoadGenerator {
  readonly name: string;
  /** Requests answered per second. Rejects when an answer is not a success or a connection breaks. */
  run(load: Load): Promise<number>;
  close(): void;
}

/** Kept-alive connections of every load. */
export const CONNECTIONS = 64;
