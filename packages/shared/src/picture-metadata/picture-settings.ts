import type { JsonObject } from "../json.ts";

/** How a picture was made, read from its own bytes. */
export interface PictureSettings {
  /** The program that wrote it down. */
  readonly source: "safelight" | "a1111" | "comfyui" | "invokeai";
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly steps?: number;
  readonly guidanceScale?: number;
  /** Whole numbers beyond 2^53 cannot be told exactly and are left out. */
  readonly seed?: number;
  readonly width?: number;
  readonly height?: number;
  readonly sampler?: string;
  /** Name of the model as the program has it. */
  readonly model?: string;
  readonly loras?: readonly PictureLora[];
  /** What Safelight itself wrote: the job's own model and parameters. */
  readonly made?: MadeBySafelight;
}

export interface PictureLora {
  readonly name: string;
  readonly scale: number;
}

/** The part of Safelight's own note that only Safelight can use. */
export interface MadeBySafelight {
  readonly provider?: string;
  readonly model?: string;
  readonly kind?: string;
  readonly params?: JsonObject;
  readonly contentId?: string;
  readonly jobId?: string;
  readonly createdAt?: string;
}

export function textOr(value: unknown, otherwise = ""): string {
  return typeof value === "string" ? value : otherwise;
}

/** A finite number, or a text that is one. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number)) return undefined;
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? undefined : number;
}

/** Without the members that are `undefined`. */
export function compact<T extends object>(value: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}

/** A JSON object in a text, or `undefined`. ComfyUI writes `NaN`, which JSON does not have. */
export function parseObject(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined || !text.trimStart().startsWith("{")) return undefined;
  for (const candidate of [text, text.replaceAll(/(?<=[:,[]\s*)(?:NaN|-?Infinity)(?=\s*[,\]}])/g, "null")]) {
    try {
      return asObject(JSON.parse(candidate));
    } catch {
      // The second candidate, or nothing.
    }
  }
  return undefined;
}

export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return value as Readonly<Record<string, unknown>>;
}
