import { useParams } from "@tanstack/react-router";
import { ConflictNotice } from "../../components/conflict-notice.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { LinkButton } from "../../components/link-button.tsx";
import { Nothing, Page, Section } from "../../components/page.tsx";
import { Picture } from "../../components/picture.tsx";
import { SyncedText } from "../../components/synced-text.tsx";
import { counted, formatDate } from "../../domain/format.ts";
import { useRecord } from "../../sync/use-record.ts";
import { useRecords } from "../../sync/use-records.ts";
import styles from "./gallery.module.css";

/** One gallery session: its words and its pictures in order. */
export function SessionPage() {
  const { sessionId } = useParams({ strict: false });
  const session = useRecord("gallerySessions", sessionId);
  const images = useRecords("galleryImages");
  if (session === undefined || session.deletedAt !== undefined) {
    return (
      <EmptyState
        title={
          session === undefined ? "This session is not on this device" : "This session lies in the trash"
        }
        text={
          session === undefined
            ? "It may not have arrived yet, or the address may be mistyped."
            : "The Data room can bring it back."
        }
        action={<LinkButton to={session === undefined ? "/gallery" : "/data"}>Go there</LinkButton>}
      />
    );
  }
  const mine = images
    .filter((image) => image.sessionId === session.id)
    .toSorted((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity));
  return (
    <Page>
      <Section
        title={session.name === "" ? session.id : session.name}
        aside={`${counted(mine.length, "picture")} · ${formatDate(session.updatedAt)}`}
      >
        <div className={styles["fields"]}>
          <ConflictNotice collection="gallerySessions" id={session.id} />
          <SyncedText
            key={`${session.id}/name`}
            collection="gallerySessions"
            id={session.id}
            field="name"
            label="Name"
          />
          <SyncedText
            key={`${session.id}/words`}
            collection="gallerySessions"
            id={session.id}
            field="userComposition"
            label="Composition"
            multiline
          />
        </div>
        {mine.length === 0 ? (
          <Nothing>No pictures in this session yet.</Nothing>
        ) : (
          <ul className={styles["pictures"]}>
            {mine.map((image) => (
              <li key={image.id}>
                <Picture blob={image.blob} alt={image.directive} width={212} height={160} mayBeLocal />
                <span>{image.directive === "" ? image.productName : image.directive}</span>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </Page>
  );
}
