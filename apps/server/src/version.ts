import manifest from "../package.json" with { type: "json" };

/** The server's own version, as `/health` and the OpenAPI document tell it. */
export const SERVER_VERSION: string = manifest.version;
