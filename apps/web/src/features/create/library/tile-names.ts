import { createContext } from "react";
import type { FactNames } from "../viewer/settings-facts.ts";

/** Names out of the catalogue for all tiles: each of them asking for itself would cost a scroll its frames. */
export const TileNames = createContext<FactNames>({ provider: (id) => id, model: (id) => id });
