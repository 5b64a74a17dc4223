import { ComingNote, Nothing, Page, Section } from "../../components/page.tsx";
import { RowList } from "../../components/row-list.tsx";
import { counted, formatDate } from "../../domain/format.ts";
import { useRecords } from "../../sync/use-records.ts";

/** Editor sessions that exist; the conversation itself comes later. */
export function EditorRoom() {
  const sessions = useRecords("editorSessions");
  const messages = useRecords("messages");
  const components = useRecords("components");
  const within = (records: readonly { readonly sessionId: string }[], id: string) =>
    records.filter(({ sessionId }) => sessionId === id).length;
  return (
    <Page>
      <ComingNote title="The editor comes to this room later">
        You will chat a user interface into being here and see it run beside the words. Sessions that the API
        has kept are listed below.
      </ComingNote>
      <Section title="Sessions" aside={counted(sessions.length, "session")}>
        {sessions.length === 0 ? (
          <Nothing>No sessions yet.</Nothing>
        ) : (
          <RowList
            label="Sessions"
            rows={sessions.map((session) => ({
              key: session.id,
              title: session.name === "" ? session.id : session.name,
              detail: `${counted(within(messages, session.id), "message")}, ${counted(
                within(components, session.id),
                "component",
              )}`,
              end: formatDate(session.updatedAt),
            }))}
          />
        )}
      </Section>
    </Page>
  );
}
