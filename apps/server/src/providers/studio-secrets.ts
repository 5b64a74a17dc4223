import { randomBytes } from "node:crypto";
import type { FsPort } from "@safelight/store";
import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";

const SECRETS_FILE = "secrets.json";
const VERSION = 1;

const SecretsFile = Type.Object(
  {
    version: Type.Literal(VERSION),
    /** Signs the addresses that providers may call. Base64url. */
    webhookKey: Type.String({ minLength: 32 }),
    /** What the settings page holds: provider, name, value. */
    providers: Type.Record(Type.String(), Type.Record(Type.String(), Type.String())),
  },
  { additionalProperties: false },
);
type SecretsFile = Static<typeof SecretsFile>;

/** The file is there and cannot be read: better no start than one without the keys, which would write over it. */
export class SecretsError extends Error {
  override readonly name = "SecretsError";
}

/** What is kept in `secrets.json`, mode 0600: never in a record, a log, an answer, an export or a backup. */
export interface StudioSecrets {
  readonly webhookKey: string;
  /** What the owner gave for a provider, by the setting's name. */
  valuesOf(providerId: string): Readonly<Record<string, string>>;
  /** Sets values; `null` removes one. Resolves when they are durable; what was before stands when it rejects. */
  change(providerId: string, values: Readonly<Record<string, string | null>>): Promise<void>;
}

/** Reads `secrets.json`, or makes it. Rejects with a `SecretsError` when it is damaged. */
export async function openStudioSecrets(fs: FsPort): Promise<StudioSecrets> {
  let file = await readSecrets(fs);
  let turn: Promise<unknown> = Promise.resolve();
  if (file === undefined) {
    file = { version: VERSION, webhookKey: randomBytes(32).toString("base64url"), providers: {} };
    await writeSecrets(fs, file);
  } else {
    // Somebody may have edited it with an editor that makes files anew.
    await fs.protect(SECRETS_FILE, 0o600);
  }
  let current = file;

  async function change(providerId: string, values: Readonly<Record<string, string | null>>): Promise<void> {
    const kept = new Map(Object.entries(current.providers[providerId] ?? {}));
    for (const [name, value] of Object.entries(values)) {
      if (value === null) kept.delete(name);
      else kept.set(name, value);
    }
    const next: SecretsFile = {
      ...current,
      providers: { ...current.providers, [providerId]: Object.fromEntries(kept) },
    };
    await writeSecrets(fs, next);
    current = next;
  }

  return {
    webhookKey: current.webhookKey,
    valuesOf: (providerId) => current.providers[providerId] ?? {},
    change(providerId, values) {
      const done = turn.then(() => change(providerId, values));
      turn = done.catch(() => undefined);
      return done;
    },
  };
}

async function readSecrets(fs: FsPort): Promise<SecretsFile | undefined> {
  if ((await fs.info(SECRETS_FILE)) === undefined) return undefined;
  const value = parse(await fs.readFile(SECRETS_FILE));
  if (Value.Check(SecretsFile, value)) return value;
  throw new SecretsError(
    `${SECRETS_FILE} in the data folder is not readable. Mend it, or move it away and give the keys again.`,
  );
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    // Unreadable is an answer here: the caller says what to do.
    return undefined;
  }
}

async function writeSecrets(fs: FsPort, file: SecretsFile): Promise<void> {
  await fs.replaceSmallFile(SECRETS_FILE, `${JSON.stringify(file, undefined, 2)}\n`);
}
