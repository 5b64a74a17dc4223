import type { Multipart } from "@fastify/multipart";
import { ProblemError } from "../../problem-error.ts";
import type { UploadStage } from "./stage-upload.ts";

/**
 * Puts every file of a form on the stage, one after the other. A refused form is still read to its end, so that the
 * sender reads the answer and not a broken connection; then the first fault is thrown.
 */
export async function stageParts(parts: AsyncIterable<Multipart>, stage: UploadStage): Promise<void> {
  let fault: unknown;
  for await (const part of parts) {
    if (part.type === "field") {
      fault ??= unknownField(part.fieldname);
      continue;
    }
    if (fault !== undefined) {
      part.file.resume();
      continue;
    }
    try {
      // The stage has its own limit: the parser's would cut a file off in silence.
      await stage.add(part.file.iterator({ destroyOnReturn: false }), part.filename);
    } catch (error) {
      fault = error;
      part.file.resume();
    }
  }
  if (fault !== undefined) throw fault;
}

function unknownField(name: string): ProblemError {
  const message = "is not known here; only files are";
  return new ProblemError(400, "request.invalid", `The field "${name}" ${message}.`, {
    errors: [{ path: `/${name}`, message }],
  });
}
