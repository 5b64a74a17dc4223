import { EmptyState } from "../components/empty-state.tsx";
import { LinkButton } from "../components/link-button.tsx";

export function NotFound() {
  return (
    <EmptyState
      title="There is no such page"
      text="The address may be mistyped, or belong to a newer version."
      action={<LinkButton to="/create">Go to Create</LinkButton>}
    />
  );
}
