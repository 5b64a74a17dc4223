import type { GeneratedContent, Job } from "@safelight/shared";

interface Place {
  readonly key: string;
  /** ISO time that the place is sorted and grouped by. */
  readonly at: string;
  /** Width over height. */
  readonly aspect: number;
}

export interface PictureItem extends Place {
  readonly kind: "picture";
  readonly content: GeneratedContent;
  /** Of its job, unless that is in the trash. Here because looking up a hundred thousand jobs takes longer than all else. */
  readonly styleId: string | undefined;
  /** What a search looks through; made by the first one, and kept here because looking it up would cost more than the search. */
  text: string | undefined;
}

/** Place `index` (from 0) of the `count` that the job was asked for; `leads`: the first that is still open. */
export interface PendingItem extends Place {
  readonly kind: "pending";
  readonly job: Job;
  readonly index: number;
  readonly count: number;
  readonly leads: boolean;
}

export interface FailedItem extends Place {
  readonly kind: "failed";
  readonly job: Job;
}

/** One place in the library: a picture or clip, or where one will be. */
export type LibraryItem = PictureItem | PendingItem | FailedItem;
