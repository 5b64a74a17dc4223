import { STATUS_CODES } from "node:http";
import { ProviderError, type ProviderErrorCode } from "@safelight/providers";
import type { Problem } from "@safelight/shared";
import {
  CommitRejectedError,
  STORE_ERRORS,
  StoreError,
  storeErrorOf,
  type StepRejectCode,
} from "@safelight/store";
import { ProblemError } from "./problem-error.ts";
import { describeSchemaErrors, type SchemaError } from "./schema-errors.ts";

const REJECT_STATUS: Readonly<Record<StepRejectCode, number>> = {
  "record.missing": 404,
  "record.exists": 409,
  "record.invalid": 400,
  "record.stale": 412,
  "field.unknown": 400,
  "field.read-only": 400,
  "field.forbidden": 400,
  "collection.unknown": 404,
};

const PROVIDER_STATUS: Readonly<Record<ProviderErrorCode, number>> = {
  "submit.lost": 502,
  "request.invalid": 400,
  "provider.not-configured": 409,
  "provider.unauthorized": 502,
  "provider.payment-required": 402,
  "provider.throttled": 503,
  "provider.unavailable": 502,
  "provider.answer-invalid": 502,
  "run.missing": 404,
  "result.missing": 404,
};

/** Fastify's own refusals, in our words. */
const FRAMEWORK_PROBLEMS: Readonly<Record<string, readonly [status: number, code: string, detail: string]>> =
  {
    FST_ERR_CTP_BODY_TOO_LARGE: [413, "body.too-large", "The body is larger than this server takes."],
    FST_ERR_CTP_INVALID_MEDIA_TYPE: [
      415,
      "body.media-type",
      "This address takes another content type; see /docs.",
    ],
    FST_ERR_CTP_EMPTY_JSON_BODY: [400, "body.invalid-json", "The body is empty though its type is JSON."],
    FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
      400,
      "body.length",
      "The body is not as long as its Content-Length says.",
    ],
    FST_ERR_BAD_URL: [400, "url.invalid", "The address is not a valid URL."],
    FST_ERR_INVALID_URL: [400, "url.invalid", "The address is not a valid URL."],
    FST_ERR_MAX_PARAM_LENGTH: [414, "url.too-long", "A part of the address is longer than any name here."],
    FST_REQ_FILE_TOO_LARGE: [413, "upload.too-large", "A file is larger than this server takes."],
    FST_FILES_LIMIT: [
      413,
      "upload.too-many-files",
      "The upload has more files than this server takes at once.",
    ],
    FST_PARTS_LIMIT: [
      413,
      "upload.too-many-parts",
      "The upload has more parts than this server takes at once.",
    ],
    FST_FIELDS_LIMIT: [
      413,
      "upload.too-many-fields",
      "The upload has more fields than this server takes at once.",
    ],
    FST_INVALID_MULTIPART_CONTENT_TYPE: [415, "body.media-type", "This address takes multipart/form-data."],
  };

type FieldErrors = readonly { readonly path: string; readonly message: string }[];

/** The document that answers an error. A fault of ours says nothing but `faultId`, which stands in the log. */
export function problemOfError(fault: unknown, faultId: string): Problem {
  // A disk that is full, or handles that ran out, are the same to a client wherever they struck.
  const error = storeErrorOf(fault);
  if (error instanceof ProblemError) {
    return problem(error.status, error.code, error.message, error.errors);
  }
  if (error instanceof CommitRejectedError) return problemOfRejection(error);
  if (error instanceof StoreError) {
    // A detail of a fault may name places on this machine; the catalogue's sentence says what to do.
    const detail = error.status >= 500 ? STORE_ERRORS[error.code].message : error.message;
    return problem(error.status, error.code, detail);
  }
  if (error instanceof ProviderError) return problem(PROVIDER_STATUS[error.code], error.code, error.message);
  if (error instanceof Error) {
    const known = problemOfFrameworkError(error);
    if (known !== undefined) return known;
  }
  return problem(500, "server.fault", `Something went wrong here. The log has the details under ${faultId}.`);
}

function problemOfRejection(error: CommitRejectedError): Problem {
  const rejected = error.results.filter((result) => result.status === "rejected");
  const first = rejected[0];
  if (first === undefined) return problem(error.status, error.code, error.message);
  const errors = rejected.map(({ path, message }) => ({ path, message }));
  return problem(REJECT_STATUS[first.code], first.code, first.message, errors);
}

interface FrameworkError extends Error {
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly validation?: readonly SchemaError[];
  readonly validationContext?: string;
}

function problemOfFrameworkError(error: FrameworkError): Problem | undefined {
  if (error.validation !== undefined) {
    const errors = describeSchemaErrors(error.validation, error.validationContext);
    const detail =
      errors[0] === undefined ? error.message : `${errors[0].path || "The body"} ${errors[0].message}.`;
    return problem(400, "request.invalid", detail, errors);
  }
  const known = typeof error.code === "string" ? FRAMEWORK_PROBLEMS[error.code] : undefined;
  if (known !== undefined) return problem(...known);
  const status = error.statusCode;
  if (typeof status === "number" && status >= 400 && status < 500) {
    return problem(status, "request.invalid", error.message);
  }
  return undefined;
}

function problem(status: number, code: string, detail: string, errors?: FieldErrors): Problem {
  return {
    type: `urn:safelight:problem:${code}`,
    title: STATUS_CODES[status] ?? "Error",
    status,
    detail,
    code,
    ...(errors === undefined ? {} : { errors: [...errors] }),
  };
}
