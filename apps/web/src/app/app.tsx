import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import type { SyncClient } from "@safelight/sync";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { SyncProvider } from "../sync/sync-context.tsx";
import { router } from "./router.tsx";
import { cssVariablesResolver, theme } from "./theme.ts";

// The studio is often on this machine: being offline says nothing about whether it can be reached.
const queryClient = new QueryClient({
  defaultOptions: {
    queries: { networkMode: "always", retry: 1 },
    // What was asked for without a network fails now: done later by itself, it would surprise.
    mutations: { networkMode: "always" },
  },
});
const themeKept = localStorageColorSchemeManager({ key: "safelight-theme" });

export function App({ client }: { client: SyncClient }) {
  return (
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        colorSchemeManager={themeKept}
        defaultColorScheme="auto"
      >
        <QueryClientProvider client={queryClient}>
          <SyncProvider client={client}>
            <RouterProvider router={router} />
          </SyncProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>
  );
}
