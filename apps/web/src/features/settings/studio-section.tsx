import { useQuery } from "@tanstack/react-query";
import { fetchJson } from "../../api/fetch-json.ts";
import { Nothing, Section } from "../../components/page.tsx";
import { RowList } from "../../components/row-list.tsx";
import { parseStudioFacts } from "./studio-settings.ts";

/** What the server was started with, as far as it says how the studio behaves. */
export function StudioSection() {
  const { data: facts, error } = useQuery({
    queryKey: ["studio-settings"],
    queryFn: async ({ signal }) => parseStudioFacts(await fetchJson("/api/settings/studio", signal)),
  });
  return (
    <Section title="This studio" aside="Set where the server is started">
      {facts === undefined ? (
        <Nothing>{error?.message ?? "Asking the server…"}</Nothing>
      ) : (
        <RowList
          label="This studio"
          rows={facts.map(({ title, value }) => ({ key: title, title, end: value }))}
        />
      )}
    </Section>
  );
}
