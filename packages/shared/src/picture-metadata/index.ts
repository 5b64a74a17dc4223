export { formatA1111, parseA1111 } from "./a1111-text.ts";
export type { MadeBySafelight, PictureLora, PictureSettings } from "./picture-settings.ts";
export { readPictureSettings } from "./read-picture-settings.ts";
export { settingsOfContent } from "./settings-of-content.ts";
export { sidecarOf, stampPicture } from "./stamp-picture.ts";
