import { Menu } from "@mantine/core";
import type { DownloadVariant } from "./download-variant.ts";

interface DownloadItemsProps {
  readonly variants: readonly DownloadVariant[];
  readonly onDownload: (variant: DownloadVariant) => void;
}

/** The ways to download, with their keys, as items of a menu. */
export function DownloadItems({ variants, onDownload }: DownloadItemsProps) {
  return variants.map((variant) => (
    <Menu.Item key={variant.id} rightSection={keyWords(variant)} onClick={() => onDownload(variant)}>
      {variants.length === 1 ? "Download" : `Download ${variant.label}`}
    </Menu.Item>
  ));
}

function keyWords({ key }: DownloadVariant): string {
  const plain = key.toLowerCase();
  return key === plain ? plain : `⇧ ${plain}`;
}
