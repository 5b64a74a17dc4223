/** What the server is told from outside. Sizes in bytes. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Absolute path of the data folder. */
  readonly dataDir: string;
  /** Host names, beside loopback, that may stand in `Host` and `Origin`. */
  readonly allowedHosts: readonly string[];
  /** Needed on any address but loopback. */
  readonly token: string | undefined;
  readonly logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
  /** Largest JSON body. */
  readonly maxBodyBytes: number;
  /** Largest single file of an upload. */
  readonly maxUploadBytes: number;
  /** Most pixels a picture may have to be decoded. */
  readonly maxPixels: number;
  /** Folder of the built web app; left out, only the API is served. */
  readonly webRoot: string | undefined;
}
