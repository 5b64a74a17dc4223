import { describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "./config.ts";

const defaults = { dataDir: "/srv/safelight" };

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env, defaults);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe("readConfig", () => {
  it("serves this machine alone on port 8787 when nothing is set", () => {
    expect(readConfig({}, defaults)).toEqual({
      host: "127.0.0.1",
      port: 8787,
      dataDir: "/srv/safelight",
      dataMustExist: false,
      allowedHosts: [],
      token: undefined,
      logLevel: "warn",
      maxBodyBytes: 25 * 1024 * 1024,
      maxUploadBytes: 512 * 1024 * 1024,
      maxPixels: 50_000_000,
      trashDays: 7,
      historyDays: 90,
      historyMaxBytes: 4 * 1024 ** 3,
      webRoot: undefined,
    });
  });

  it("reads every variable", () => {
    const config = readConfig(
      {
        HOST: "0.0.0.0",
        PORT: "9000",
        DATA_DIR: "/data",
        ALLOWED_HOSTS: "studio.lan, 192.168.1.5",
        SAFELIGHT_TOKEN: "a-token-of-some-length",
        LOG_LEVEL: "info",
        MAX_BODY_BYTES: "2048",
        MAX_UPLOAD_BYTES: "4096",
        MAX_PIXELS: "1000",
        TRASH_DAYS: "30",
        HISTORY_DAYS: "365",
        HISTORY_MAX_BYTES: "1048576",
        WEB_ROOT: "/srv/web",
      },
      defaults,
    );
    expect(config).toMatchObject({
      host: "0.0.0.0",
      port: 9000,
      dataDir: "/data",
      allowedHosts: ["0.0.0.0", "studio.lan", "192.168.1.5"],
      token: "a-token-of-some-length",
      maxPixels: 1000,
      trashDays: 30,
      historyDays: 365,
      historyMaxBytes: 1_048_576,
      webRoot: "/srv/web",
    });
  });

  it("counts an empty variable as absent", () => {
    expect(readConfig({ PORT: "", SAFELIGHT_TOKEN: "" }, defaults)).toMatchObject({
      port: 8787,
      token: undefined,
    });
  });

  it("lists every wrong variable at once", () => {
    const faults = faultsOf({ PORT: "eighty", LOG_LEVEL: "loud", MAX_PIXELS: "-1", ALLOWED_HOSTS: "a b,c" });
    expect(faults).toEqual([
      'PORT: must be a port, 0 to 65535, not "eighty".',
      'ALLOWED_HOSTS: must be host names, separated by commas, not ["a b","c"].',
      'LOG_LEVEL: must be one of fatal, error, warn, info, debug, trace, silent, not "loud".',
      'MAX_PIXELS: must be a number of pixels, not "-1".',
    ]);
  });

  it("refuses a misspelt variable of its own instead of ignoring it", () => {
    expect(faultsOf({ SAFELIGHT_TOKN: "x" })).toEqual([
      expect.stringContaining("SAFELIGHT_TOKN: no such setting"),
    ]);
  });

  it("never prints a wrong token", () => {
    expect(faultsOf({ SAFELIGHT_TOKEN: "secret" }).join()).not.toContain('"secret"');
  });

  it.each(["0.0.0.0", "192.168.1.5", "::", "studio.lan"])(
    "refuses to listen on %s without a token",
    (HOST) => {
      expect(faultsOf({ HOST })).toEqual([expect.stringMatching(/^SAFELIGHT_TOKEN: needed.*openssl rand/)]);
    },
  );

  it.each(["127.0.0.1", "127.0.0.2", "localhost", "::1"])("needs no token on %s", (HOST) => {
    expect(faultsOf({ HOST })).toEqual([]);
  });
});
