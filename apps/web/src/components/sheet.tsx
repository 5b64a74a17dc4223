import { Drawer, type DrawerProps } from "@mantine/core";
import { useRef } from "react";
import { useEscape } from "./use-escape.ts";

/** A pane that lies over a narrow screen. Escape closes it, but not together with what was opened over it. */
export function Sheet({ children, ...drawer }: Omit<DrawerProps, "closeOnEscape">) {
  const inside = useRef<HTMLDivElement>(null);
  useEscape(inside, drawer.onClose);
  return (
    <Drawer closeOnEscape={false} padding={0} {...drawer}>
      <div ref={inside} style={{ height: "100%" }}>
        {children}
      </div>
    </Drawer>
  );
}
