import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { registerSW } from "virtual:pwa-register";

/** Lets the page open with no server. A new version is offered, never forced on work under way. */
export function registerServiceWorker(): void {
  const update = registerSW({
    onNeedRefresh() {
      notifications.show({
        title: "A new version is ready",
        message: (
          <Button size="xs" mt={8} onClick={() => void update(true)}>
            Reload
          </Button>
        ),
        autoClose: false,
        closeButtonProps: { "aria-label": "Later" },
      });
    },
  });
}
