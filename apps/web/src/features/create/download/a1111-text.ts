import type { GeneratedContent } from "@safelight/shared";
import { formatA1111, settingsOfContent } from "@safelight/shared/picture-metadata";

/** The settings of a picture as AUTOMATIC1111's web UI writes them, with the size that was asked for where it is known. */
export function a1111Text(content: GeneratedContent): string {
  const settings = settingsOfContent(content);
  const { width = settings.width, height = settings.height } = content.config;
  return formatA1111({
    ...settings,
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
  });
}
