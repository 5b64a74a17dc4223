import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";

export interface FalFakeStorage {
  readonly files: Map<string, Buffer>;
}

interface UploadBody {
  readonly content_type: string;
  readonly file_name: string;
}
interface PartsBody {
  readonly parts: readonly { readonly partNumber: number; readonly etag: string }[];
}

/** fal's storage: a slot, then the bytes to a signed address, at once or in parts. */
export function createFalFakeStorage(app: FastifyInstance, url: () => string): FalFakeStorage {
  const files = new Map<string, Buffer>();
  const parts = new Map<string, Map<number, Buffer>>();

  function slot(body: UploadBody, kind: "whole" | "parts") {
    const id = randomUUID();
    return {
      upload_url: `${url()}/cdn/${kind}/${id}/${encodeURIComponent(body.file_name)}?signature=abc`,
      file_url: `${url()}/cdn/files/${id}/${encodeURIComponent(body.file_name)}`,
    };
  }
  const fileUrl = (id: string, name: string) => `${url()}/cdn/files/${id}/${encodeURIComponent(name)}`;

  const upload = { config: { call: "upload" as const } };
  const open = { config: { call: "upload" as const, isOpen: true } };
  app.post<{ Body: UploadBody }>("/rest/storage/upload/initiate", upload, ({ body }) => slot(body, "whole"));
  app.post<{ Body: UploadBody }>("/rest/storage/upload/initiate-multipart", upload, ({ body }) =>
    slot(body, "parts"),
  );
  app.put<{ Params: { id: string; name: string }; Body: Buffer }>(
    "/cdn/whole/:id/:name",
    open,
    (request, reply) => {
      const { id, name } = request.params;
      files.set(fileUrl(id, name), request.body);
      return reply.code(200).send();
    },
  );
  app.put<{ Params: { id: string; name: string; part: string }; Body: Buffer }>(
    "/cdn/parts/:id/:name/:part",
    { ...open, config: { call: "upload" } },
    ({ params: { id, part }, body }) => {
      const number = Number(part);
      const all = parts.get(id) ?? new Map<number, Buffer>();
      parts.set(id, all.set(number, body));
      return { partNumber: number, etag: `etag-${number}` };
    },
  );
  app.post<{ Params: { id: string; name: string }; Body: PartsBody }>(
    "/cdn/parts/:id/:name/complete",
    { ...open, config: { call: "upload" } },
    ({ params: { id, name }, body }, reply) => {
      const all = parts.get(id) ?? new Map<number, Buffer>();
      const isComplete = body.parts.every(
        ({ partNumber, etag }) => etag === `etag-${partNumber}` && all.has(partNumber),
      );
      if (!isComplete) return reply.code(400).send({ detail: "A part is missing." });
      files.set(
        fileUrl(id, name),
        Buffer.concat(body.parts.map(({ partNumber }) => all.get(partNumber) ?? Buffer.alloc(0))),
      );
      return {};
    },
  );
  app.get<{ Params: { id: string; name: string } }>(
    "/cdn/files/:id/:name",
    { config: { isOpen: true } },
    ({ params: { id, name } }, reply) => {
      const bytes = files.get(fileUrl(id, name));
      return bytes === undefined
        ? reply.code(404).send()
        : reply.type("application/octet-stream").send(bytes);
    },
  );
  return { files };
}
