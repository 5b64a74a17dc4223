import { resolve } from "node:path";
import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { isLoopbackHost } from "./host-policy.ts";

/** What the server is told from outside. Sizes in bytes. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Absolute path of the data folder. */
  readonly dataDir: string;
  /** The data folder has been in use: an empty one is a volume that is not mounted. */
  readonly dataMustExist: boolean;
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
  /** Days after which a deleted record is purged; 0 keeps the trash for ever. */
  readonly trashDays: number;
  /** Days that older versions of records are kept; 0 keeps them for ever. */
  readonly historyDays: number;
  /** Most bytes that they take on disk. */
  readonly historyMaxBytes: number;
  /** Where providers can reach the studio with their webhooks, without a slash at the end. */
  readonly publicUrl: string | undefined;
  /** Folder of the built web app; left out, only the API is served. */
  readonly webRoot: string | undefined;
}

const HostName = Type.String({
  pattern: "^[A-Za-z0-9._:\\[\\]-]{1,253}$",
  description: "a host name or address",
});
const Folder = Type.String({ minLength: 1, description: "a path" });
const Days = Type.Integer({ minimum: 0, maximum: 36_500, description: "a number of days, 0 to 36500" });
const Bytes = Type.Integer({ minimum: 1024, description: "a number of bytes, 1024 or more" });

const Settings = Type.Object(
  {
    HOST: HostName,
    PORT: Type.Integer({ minimum: 0, maximum: 65_535, description: "a port, 0 to 65535" }),
    DATA_DIR: Folder,
    DATA_MUST_EXIST: Type.Boolean({ description: "true or false" }),
    ALLOWED_HOSTS: Type.Array(HostName, { description: "host names, separated by commas" }),
    SAFELIGHT_TOKEN: Type.Optional(
      Type.String({
        pattern: "^[\\x21-\\x7e]{16,200}$",
        description: "16 to 200 printable characters, no spaces",
      }),
    ),
    LOG_LEVEL: Type.Union(
      [
        Type.Literal("fatal"),
        Type.Literal("error"),
        Type.Literal("warn"),
        Type.Literal("info"),
        Type.Literal("debug"),
        Type.Literal("trace"),
        Type.Literal("silent"),
      ],
      { description: "one of fatal, error, warn, info, debug, trace, silent" },
    ),
    MAX_BODY_BYTES: Bytes,
    MAX_UPLOAD_BYTES: Bytes,
    MAX_PIXELS: Type.Integer({ minimum: 1, description: "a number of pixels" }),
    TRASH_DAYS: Days,
    HISTORY_DAYS: Days,
    HISTORY_MAX_BYTES: Bytes,
    PUBLIC_URL: Type.Optional(
      Type.String({
        pattern: "^https?://[A-Za-z0-9.\\[\\]:_-]+(?:/[A-Za-z0-9._~/-]*)?$",
        maxLength: 500,
        description: "an http or https address",
      }),
    ),
    WEB_ROOT: Type.Optional(Folder),
  },
  { additionalProperties: false },
);
type SettingName = keyof Static<typeof Settings>;

/** Every fault of the environment at once, one a line, each with the variable's name. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The configuration is not usable:\n${faults.map((fault) => `  ${fault}`).join("\n")}`);
    this.faults = faults;
  }
}

/** Where things lie on this machine when the environment does not say. */
export interface ConfigDefaults {
  readonly dataDir: string;
  readonly webRoot?: string | undefined;
}

/**
 * Reads the environment; an empty variable counts as absent. Throws a `ConfigError` that lists every wrong variable,
 * and every `SAFELIGHT_` variable that is not known (a misspelt one would otherwise be ignored in silence).
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  defaults: ConfigDefaults,
): Config {
  const settings: Record<string, unknown> = {
    HOST: "127.0.0.1",
    PORT: 8787,
    DATA_DIR: defaults.dataDir,
    DATA_MUST_EXIST: false,
    ALLOWED_HOSTS: [],
    LOG_LEVEL: "warn",
    MAX_BODY_BYTES: 25 * 1024 * 1024,
    MAX_UPLOAD_BYTES: 512 * 1024 * 1024,
    MAX_PIXELS: 50_000_000,
    TRASH_DAYS: 7,
    HISTORY_DAYS: 90,
    HISTORY_MAX_BYTES: 4 * 1024 ** 3,
    ...(defaults.webRoot === undefined ? {} : { WEB_ROOT: defaults.webRoot }),
  };
  for (const [name, text] of Object.entries(env)) {
    if (text === undefined || text === "") continue;
    if (isSettingName(name)) settings[name] = parseSetting(name, text);
    else if (name.startsWith("SAFELIGHT_")) settings[name] = text;
  }
  if (!Value.Check(Settings, settings)) throw new ConfigError(faultsOf(settings));
  const { HOST: host, SAFELIGHT_TOKEN: token } = settings;
  if (!isLoopbackHost(host) && token === undefined) {
    throw new ConfigError([
      `SAFELIGHT_TOKEN: needed, because HOST=${host} can be reached from other machines. Set it to 16 or more random ` +
        "characters (for example from `openssl rand -hex 24`), or leave HOST out to serve this machine alone.",
    ]);
  }
  return {
    host,
    port: settings.PORT,
    dataDir: resolve(settings.DATA_DIR),
    dataMustExist: settings.DATA_MUST_EXIST,
    allowedHosts: isLoopbackHost(host) ? settings.ALLOWED_HOSTS : [host, ...settings.ALLOWED_HOSTS],
    token,
    logLevel: settings.LOG_LEVEL,
    maxBodyBytes: settings.MAX_BODY_BYTES,
    maxUploadBytes: settings.MAX_UPLOAD_BYTES,
    maxPixels: settings.MAX_PIXELS,
    trashDays: settings.TRASH_DAYS,
    historyDays: settings.HISTORY_DAYS,
    historyMaxBytes: settings.HISTORY_MAX_BYTES,
    publicUrl: settings.PUBLIC_URL?.replace(/\/+$/, ""),
    webRoot: settings.WEB_ROOT === undefined ? undefined : resolve(settings.WEB_ROOT),
  };
}

function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(Settings.properties, name);
}

function parseSetting(name: SettingName, text: string): unknown {
  const { type } = Settings.properties[name] as { type?: string };
  if (type === "integer") return /^\d{1,15}$/.test(text) ? Number(text) : text;
  if (type === "boolean") return text === "true" || (text === "false" ? false : text);
  if (type === "array") return text.split(",").map((part) => part.trim());
  return text;
}

function faultsOf(settings: Record<string, unknown>): string[] {
  const faults = new Map<string, string>();
  for (const error of Value.Errors(Settings, settings)) {
    const name = error.path.split("/")[1] ?? "";
    if (faults.has(name)) continue;
    if (!isSettingName(name)) {
      faults.set(
        name,
        `${name}: no such setting. Known ones: ${Object.keys(Settings.properties).join(", ")}.`,
      );
      continue;
    }
    const given = name === "SAFELIGHT_TOKEN" ? "" : `, not ${JSON.stringify(settings[name])}`;
    faults.set(name, `${name}: must be ${Settings.properties[name].description ?? "valid"}${given}.`);
  }
  return [...faults.values()];
}
