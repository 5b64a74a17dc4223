/** What the Create room keeps in its address: which pictures are shown, in which order, and which one is open. */
export interface CreateSearch {
  /** `starred`, `uploads`, or `tag:<tag>`; all when left out. */
  readonly show?: string;
  readonly sort?: "oldest";
  /** Id of the content that the viewer shows. */
  readonly picture?: string;
}

export function parseCreateSearch(search: Record<string, unknown>): CreateSearch {
  const { show, sort, picture } = search;
  return {
    ...(typeof show === "string" && show !== "" ? { show } : {}),
    ...(sort === "oldest" ? { sort } : {}),
    ...(typeof picture === "string" && picture !== "" ? { picture } : {}),
  };
}
