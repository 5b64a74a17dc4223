import { galleryImageName, type GalleryImage, type GallerySession, type JsonObject } from "@safelight/shared";
import type { CommitRequest, PlannedStep, Store } from "@safelight/store";
import { ProblemError } from "../../problem-error.ts";
import { createRecordIndex } from "../../records/record-index.ts";
import type { SessionFields } from "./core/gallery-wire.ts";
import { sessionNameFor } from "../../older-apps/session-name.ts";

/** A session and its images, in the order in which they were counted. */
export interface SessionWithImages {
  readonly session: GallerySession;
  readonly images: readonly GalleryImage[];
}

/** What is known of a new image beside its bytes. */
type NewGalleryImage = JsonObject & { readonly directive?: string };

/** Sessions and images of the gallery; what is in the trash does not exist here. */
export interface Gallery {
  /** Newest first. */
  sessions(): readonly SessionWithImages[];
  /** Throws a `ProblemError` 404 `gallery.session-missing`. */
  session(id: string): SessionWithImages;
  createSession(fields: SessionFields): Promise<SessionWithImages>;
  updateSession(id: string, fields: SessionFields): Promise<SessionWithImages>;
  /** Puts the session and all its images into the trash, in one commit. */
  deleteSession(id: string): Promise<SessionWithImages>;
  /** By `img-001` or by the record's own id. Throws a `ProblemError` 404 `gallery.image-missing`. */
  image(sessionId: string, imageId: string): GalleryImage;
  addImage(sessionId: string, fields: NewGalleryImage): Promise<GalleryImage>;
  deleteImage(sessionId: string, imageId: string): Promise<GalleryImage>;
}

export interface GalleryOptions {
  readonly store: Store;
  readonly now: () => Date;
  readonly newSessionId: () => string;
  readonly newImageId: () => string;
}

export function createGallery({ store, now, newSessionId, newImageId }: GalleryOptions): Gallery {
  const imagesBySession = createRecordIndex(store, "galleryImages", (image) =>
    image.deletedAt === undefined ? image.sessionId : undefined,
  );
  const commit = (steps: CommitRequest["steps"]) =>
    store.commit({ by: "http", actor: "server", atomicity: "all", steps });

  const withImages = (session: GallerySession): SessionWithImages => ({
    session,
    images: [...imagesBySession.find(session.id)].sort((a, b) => (a.number ?? 0) - (b.number ?? 0)),
  });

  const session = (id: string): SessionWithImages => {
    const record = store.get("gallerySessions", id);
    if (record === undefined || record.deletedAt !== undefined) {
      throw new ProblemError(404, "gallery.session-missing", "The gallery has no such session.");
    }
    return withImages(record);
  };

  const image = (sessionId: string, imageId: string): GalleryImage => {
    const found = session(sessionId).images.find(
      (candidate) => galleryImageName(candidate).id === imageId || candidate.id === imageId,
    );
    if (found === undefined) {
      throw new ProblemError(404, "gallery.image-missing", "The session has no such image.");
    }
    return found;
  };

  return {
    session,
    image,
    sessions: () =>
      [...store.scan("gallerySessions")]
        .filter(({ deletedAt }) => deletedAt === undefined)
        .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
        .map(withImages),

    async createSession(fields) {
      const id = newSessionId();
      const name = fields.name?.trim() || sessionNameFor(now().toISOString(), fields.directives_used?.[0]);
      const set = { ...recordFields(fields), name };
      await commit([{ collection: "gallerySessions", id, op: "create", set }]);
      return session(id);
    },

    async updateSession(id, fields) {
      const { createdAt, directivesUsed } = session(id).session;
      const name =
        fields.name?.trim() || sessionNameFor(createdAt, (fields.directives_used ?? directivesUsed)[0]);
      const set = { ...recordFields(fields), ...(fields.name === undefined ? {} : { name }) };
      await commit([{ collection: "gallerySessions", id, op: "update", set }]);
      return session(id);
    },

    async deleteSession(id) {
      const found = session(id);
      const images = found.images.map((member) => deletion("galleryImages", member.id));
      await commit([deletion("gallerySessions", id), ...images]);
      return found;
    },

    async addImage(sessionId, fields) {
      const { session: found } = session(sessionId);
      const id = newImageId();
      await commit((staged) => [
        { collection: "galleryImages", id, op: "create", set: { ...fields, sessionId } },
        ...directiveSteps(staged.get("gallerySessions", sessionId) ?? found, fields.directive),
      ]);
      return image(sessionId, id);
    },

    async deleteImage(sessionId, imageId) {
      const found = image(sessionId, imageId);
      await commit([deletion("galleryImages", found.id)]);
      return found;
    },
  };
}

/** A session remembers its images' directives; one that nobody named takes its name from the first. */
function directiveSteps(session: GallerySession, directive: string | undefined): readonly PlannedStep[] {
  const { id, name, createdAt, directivesUsed } = session;
  if (directive === undefined || directive === "" || directivesUsed.includes(directive)) return [];
  const isUnnamed = name === sessionNameFor(createdAt, undefined);
  const set = {
    directivesUsed: [...directivesUsed, directive],
    ...(isUnnamed ? { name: sessionNameFor(createdAt, directive) } : {}),
  };
  return [{ collection: "gallerySessions", id, op: "update", set }];
}

function deletion(collection: "gallerySessions" | "galleryImages", id: string): PlannedStep {
  return { collection, id, op: "delete" };
}

function recordFields(fields: SessionFields): JsonObject {
  const names = {
    name: fields.name,
    userComposition: fields.user_composition,
    savedProducts: fields.saved_products,
    directivesUsed: fields.directives_used,
  };
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
