/** The part of a key press that tells. */
export interface ComposedKey {
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/** What browsers give as the code of a key that an input method takes. */
const TAKEN_BY_INPUT_METHOD = 229;

/**
 * Whether a key belongs to an input method, with which words are composed or chosen: Enter takes one of them, arrows go
 * through them. Safari says that composing is over with the very Enter that ended it; the code tells all the same.
 */
export function isComposing(key: ComposedKey): boolean {
  return key.isComposing || key.keyCode === TAKEN_BY_INPUT_METHOD;
}
