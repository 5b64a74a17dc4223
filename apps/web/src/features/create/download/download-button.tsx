import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { MENU_KEY } from "../../../components/menu-key.ts";
import { counted } from "../../../domain/format.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { contentsOf } from "../select/contents-of.ts";
import { DownloadItems } from "./download-items.tsx";
import { type DownloadVariant, ORIGINAL } from "./download-variant.ts";
import { variantsOf } from "./download-variants.ts";

interface DownloadButtonProps {
  readonly ids: ReadonlySet<string>;
  readonly onDownload: (variant: DownloadVariant) => void;
}

/** Saves the selected pictures; asks how where there is a choice. */
export function DownloadButton({ ids, onDownload }: DownloadButtonProps) {
  const client = useSyncClient();
  const variants = variantsOf(contentsOf(client, ids));
  const title = ids.size === 1 ? "Download (d)" : `Download ${counted(ids.size, "picture")} as one zip (d)`;
  const button = {
    variant: "subtle",
    leftSection: <IconDownload size={16} stroke={1.7} />,
    title,
    children: "Download",
  } as const;
  if (variants.length < 2) return <Button {...button} onClick={() => onDownload(ORIGINAL)} />;
  return (
    <Menu position="top" width={264} styles={{ itemSection: MENU_KEY }}>
      <Menu.Target>
        <Button {...button} />
      </Menu.Target>
      <Menu.Dropdown>
        <DownloadItems variants={variants} onDownload={onDownload} />
      </Menu.Dropdown>
    </Menu>
  );
}
