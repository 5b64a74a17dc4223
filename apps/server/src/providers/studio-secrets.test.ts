import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createNodeFs } from "@safelight/store";
import { afterEach, beforeEach, expect, it } from "vitest";
import { makeTempDir } from "../../testing/temp-dir.ts";
import { openStudioSecrets, SecretsError } from "./studio-secrets.ts";

let folder: ReturnType<typeof makeTempDir>;
let file: string;
const open = () => openStudioSecrets(createNodeFs(folder.path));

beforeEach(() => {
  folder = makeTempDir();
  file = join(folder.path, "secrets.json");
});
afterEach(() => folder.remove());

it("keeps what was given over a restart, in a file for its owner alone", async () => {
  const secrets = await open();
  await Promise.all([
    secrets.change("fal", { key: "one", url: "http://127.0.0.1:1" }),
    secrets.change("replicate", { key: "two" }),
    secrets.change("fal", { url: null }),
  ]);
  const again = await open();
  expect(again.valuesOf("fal")).toEqual({ key: "one" });
  expect(again.valuesOf("replicate")).toEqual({ key: "two" });
  expect(again.webhookKey).toBe(secrets.webhookKey);
  expect(again.valuesOf("nobody")).toEqual({});
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it("does not start over a damaged file, and leaves it as it is", async () => {
  writeFileSync(file, '{"version": 1, "providers": {');
  await expect(open()).rejects.toBeInstanceOf(SecretsError);
  expect(readFileSync(file, "utf8")).toBe('{"version": 1, "providers": {');
});

it("keeps the values before when the new ones cannot be saved", async () => {
  const fs = createNodeFs(folder.path);
  let isFull = false;
  const secrets = await openStudioSecrets({
    ...fs,
    replaceSmallFile: (path, text) =>
      isFull ? Promise.reject(new Error("full")) : fs.replaceSmallFile(path, text),
  });
  await secrets.change("fal", { key: "one" });
  isFull = true;
  await expect(secrets.change("fal", { key: "two" })).rejects.toThrow("full");
  expect(secrets.valuesOf("fal")).toEqual({ key: "one" });
  isFull = false;
  await secrets.change("fal", { key: "three" });
  expect(secrets.valuesOf("fal")).toEqual({ key: "three" });
});
